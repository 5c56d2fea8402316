// How long it takes from saving a document until an open browser shows it.
//
//   node tests/benchmarks/preview.mjs [DOCUMENT.json] [ROUNDS]      GitHub's of the corpus, 10 rounds
//
// `portolan serve` runs on a copy of the document; a page of one operation is open in headless Chromium. Each round writes another
// summary into the document and waits until the heading of the page says it. Then a hundred saves, one behind the other, must end
// with what the last one says; a document that is broken must show its report above the page, and take it away when it is mended.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { browse, root } from "../browser/stage.mjs";

const binary = process.env.PORTOLAN ?? join(root, "target/release/portolan");
const corpus = process.env.PORTOLAN_CORPUS ?? join(root, "target/corpus");
const [source = join(corpus, "github-api.json"), rounds = 10] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), "preview-"));
const path = join(folder, "openapi.json");
const text = readFileSync(source, "utf8");
// The first operation with a summary.
const found = /"summary":\s*"([^"\\]+)"/.exec(text);
const edited = (summary) => text.slice(0, found.index) + `"summary": ${JSON.stringify(summary)}` + text.slice(found.index + found[0].length);
writeFileSync(path, text);
writeFileSync(join(folder, "portolan.toml"), '[[apis]]\nid = "api"\ndocument = "openapi.json"\n');

const child = spawn(binary, ["serve", "--port", "0", "--config", join(folder, "portolan.toml")], { stdio: ["ignore", "ignore", "pipe"] });
const lines = createInterface({ input: child.stderr });
const said = [];
const url = new Promise((resolve, reject) => {
  lines.on("line", (line) => {
    said.push(line);
    const address = /http:\/\/[0-9.:]+/.exec(line);
    if (address) resolve(address[0]);
  });
  child.on("exit", () => reject(new Error(said.join("\n"))));
});

const browser = await browse();
try {
  const base = await url;
  const pages = (await (await fetch(`${base}/llms.txt`)).text()).split("\n");
  // A resource may be called the same; its page comes before those of its operations.
  const line = pages.findLast((line) => line.startsWith(`- [${found[1]}](`));
  assert.ok(line, `a page is called “${found[1]}”`);
  const address = `${base}/${/\]\((.+?)\.md\)/.exec(line)[1]}/`;
  const page = await (await browser.newContext()).newPage();
  const heading = (words) => page.waitForFunction((words) => document.querySelector("h1")?.textContent.trim() === words, words, { polling: 5, timeout: 120_000 });
  await page.goto(address);
  await heading(found[1]);

  const times = [];
  for (let round = 1; round <= Number(rounds); round += 1) {
    // What the last round left to the background is done by then, as it is when a person edits.
    const before = said.length;
    const changed = edited(`Edited ${round}`);
    const start = performance.now();
    writeFileSync(path, changed);
    await heading(`Edited ${round}`);
    times.push(performance.now() - start);
    while (!said.slice(before).some((line) => line.startsWith("built "))) await sleep(20);
  }
  times.sort((a, b) => a - b);
  console.log(`save to screen: median ${times[times.length >> 1].toFixed(0)} ms, lowest ${times[0].toFixed(0)} ms, highest ${times.at(-1).toFixed(0)} ms`);
  const published = said.map((line) => /^pages changed in (.*)/.exec(line)?.[1]).filter(Boolean);
  console.log(`pages changed in ${published.join(", ")}`);

  for (let save = 1; save <= 100; save += 1) {
    writeFileSync(path, edited(`Save ${save}`));
    await sleep(20);
  }
  const start = performance.now();
  await heading("Save 100");
  console.log(`a hundred saves: the last one is shown ${(performance.now() - start).toFixed(0)} ms after it`);

  writeFileSync(path, text.slice(0, -200));
  await page.locator(".preview-report").waitFor();
  await heading("Save 100");
  writeFileSync(path, text);
  await heading(found[1]);
  assert.equal(await page.locator(".preview-report").count(), 0);
  console.log("a broken document shows its report above the page, and recovers");
} finally {
  await browser.close();
  child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
