// The built portal from a disk, without any server: reading and searching.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { binary, browse, root, watched } from "./stage.mjs";

let folder, base, browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "portolan-files-"));
  // The second folder: below a path of its own, as on many hosts.
  execFileSync(binary, ["build", "--out", join(folder, "docs"), "--quiet"], { cwd: root });
  base = `${pathToFileURL(join(folder, "docs")).href}/`;
  browser = await browse();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("pages lead to each other", async () => {
  const stage = await watched(browser, base);
  await stage.page.goto(`${base}index.html`);
  await stage.page.locator("main a[href*='bookshop']").first().click();
  await stage.page.locator("a[href$='books/list/index.html']").first().click();
  assert.equal(await stage.page.locator("h1").innerText(), "List books");
  await stage.done();
});

test("search answers", async () => {
  const stage = await watched(browser, base);
  await stage.page.goto(`${base}bookshop/index.html`);
  await stage.page.keyboard.press("/");
  await stage.page.keyboard.type("list books");
  const first = stage.page.locator("dialog.search-dialog [role=option]").first();
  await first.waitFor();
  assert.match(await first.innerText(), /List books/);
  await stage.page.keyboard.press("Enter");
  await stage.page.waitForURL("**/bookshop/books/list/index.html");
  await stage.done();
});
