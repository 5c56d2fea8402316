// What an author sees while a document is edited: the page that changed, where it was read; what is wrong, until it is mended.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { binary, browse, watched } from "./stage.mjs";

const folder = mkdtempSync(join(tmpdir(), "preview-"));
const path = join(folder, "openapi.json");
/** A document whose first operation is called so. */
const save = (summary, more = {}) => {
  const described = (id, summary) => ({
    operationId: id,
    summary,
    description: "A long story.\n\n".repeat(200),
    responses: { 204: { description: "Done" } },
  });
  const paths = { "/first": { get: described("first", summary) }, "/second": { get: described("second", "Finish") } };
  writeFileSync(path, JSON.stringify({ openapi: "3.1.0", info: { title: "Things", version: "1" }, paths, ...more }));
};

let server, browser, url;
before(async () => {
  save("Begin");
  writeFileSync(join(folder, "portolan.toml"), '[[apis]]\nid = "things"\ndocument = "openapi.json"\n');
  server = spawn(binary, ["serve", "--port", "0", "--config", join(folder, "portolan.toml")], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: server.stderr })) {
    url = /http:\/\/[0-9.:]+/.exec(line)?.[0];
    if (url) break;
  }
  server.stderr.resume();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  server?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until the page says so. */
const heading = (page, words) => page.waitForFunction((words) => document.querySelector("h1")?.textContent.trim() === words, words, { timeout: 60_000 });
const address = async (title) => {
  const pages = await (await fetch(`${url}/llms.txt`)).text();
  return `${url}/${pages.match(new RegExp(`\\[${title}\\]\\((.+)\\.md\\)`))[1]}/`;
};

test("a page that changes reloads where it was read; a hundred quick saves end with the last one; another page stays", async () => {
  const [first, second] = [await watched(browser, url), await watched(browser, url)];
  await second.page.goto(await address("Finish"));
  await second.page.evaluate(() => (globalThis.stayed = true));
  await first.page.goto(await address("Begin"));
  await first.page.evaluate(() => scrollTo(0, 1500));
  for (let number = 1; number <= 100; number += 1) {
    save(`Save ${number}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await heading(first.page, "Save 100");
  await first.page.waitForFunction(() => Math.abs(scrollY - 1500) < 100);
  assert.equal(await second.page.evaluate(() => globalThis.stayed), true);
  await first.context.close();
  await second.context.close();
});

test("a broken document shows what is wrong above the page, and takes it away when it is mended", async () => {
  const { page } = await watched(browser, url);
  save("Begin");
  await page.goto(`${url}/things/`);
  writeFileSync(path, '{ "openapi": ');
  const report = page.locator(".preview-report");
  await report.waitFor({ timeout: 60_000 });
  const words = await report.textContent();
  assert.match(words, /error\[/);
  assert.match(words, /openapi\.json:1:/);
  assert.match(await page.locator("h1").textContent(), /Things/);
  save("Mended");
  await report.waitFor({ state: "detached", timeout: 60_000 });
});
