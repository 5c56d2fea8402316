// The built portal from a disk, without any server: reading and searching.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
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

// tests/benchmarks/portal_pages.py says the same of large documents.
test("an operation's page is light", () => {
  const docs = join(folder, "docs");
  const weights = new Map();
  const weight = (place) => {
    if (!weights.has(place)) weights.set(place, gzipSync(readFileSync(place)).length);
    return weights.get(place);
  };
  const pages = readdirSync(docs, { recursive: true })
    .filter((name) => name.endsWith("index.html") && !name.includes("_print"))
    .map((name) => join(docs, name))
    .filter((place) => readFileSync(place, "utf8").includes('<div class="endpoint copy-inline"><span class="method"'));
  assert.ok(pages.length > 50, `${pages.length} pages`);
  const sizes = pages.map(weight).sort((one, other) => one - other);
  assert.ok(sizes[sizes.length >> 1] <= 20_000, `a page has ${sizes[sizes.length >> 1]} bytes at the median`);
  for (const place of pages) {
    const html = readFileSync(place, "utf8");
    const sum = (pattern) => {
      const files = [...html.matchAll(pattern)].map((match) => resolve(dirname(place), match[1]));
      return files.reduce((total, file) => total + weight(file), 0);
    };
    const scripts = sum(/<script src="([^"]*)"/g);
    const whole = weight(place) + scripts + sum(/<link rel="stylesheet" href="([^"]*)"/g);
    assert.ok(scripts <= 12_000, `${place} asks for ${scripts} bytes of scripts`);
    assert.ok(whole <= 50_000, `${place} has ${whole} bytes in all`);
  }
});
