// Opens one operation of built portals by its deep link and says when it can be read.
//
//   node tests/benchmarks/portals_read.mjs < PORTALS.json        [{ title, folder, page, heading }, ...] with rounds and limit
//
// Each portal is served by itself on 127.0.0.1, compressed as hosts do; each visit has a browser context of its own, so nothing is
// cached; portals take turns. An operation can be read when its heading stands in the window. Requests to other hosts are refused and counted.

import { createServer } from "node:http";
import { readFileSync, existsSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { browse } from "../browser/stage.mjs";

const { portals, rounds, limit } = JSON.parse(readFileSync(0, "utf8"));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".yaml": "application/yaml" };

/** A host for a folder: files, folders and, as static hosts do, addresses without `.html`. */
function host(folder) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const place = [path, `${path}.html`, join(path, "index.html")].map((name) => join(folder, name)).find((name) => existsSync(name) && statSync(name).isFile());
    if (!place) return response.writeHead(404).end();
    if (!packed.has(place)) packed.set(place, gzipSync(readFileSync(place)));
    response.writeHead(200, { "content-type": `${TYPES[extname(place)] ?? "application/octet-stream"}; charset=utf-8`, "content-encoding": "gzip" });
    response.end(packed.get(place));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Runs in the page: resolves with the milliseconds since the navigation began, as soon as the heading (or paragraph) stands in the window. */
function readable(heading) {
  globalThis.readable = new Promise((resolve) => {
    const look = () => {
      for (const element of document.querySelectorAll("h1, h2, h3, h4, p")) {
        // Redoc puts the version behind its title.
        if (!element.textContent.trim().startsWith(heading)) continue;
        // The text and not its element, which may have no box of its own.
        const text = document.createRange();
        text.selectNodeContents(element);
        const box = text.getBoundingClientRect();
        if (box.height > 0 && box.top >= 0 && box.bottom <= innerHeight) return resolve(performance.now());
      }
      // Large pages pay for looking: seldom, then.
      setTimeout(look, performance.now() < 1000 ? 10 : 100);
    };
    look();
  });
}

async function visit(browser, origin, { page: address, heading }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let bytes = 0, requests = 0;
  const foreign = new Set();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.route((url) => url.origin !== origin && url.protocol.startsWith("http"), (route) => {
    foreign.add(new URL(route.request().url()).host);
    return route.abort();
  });
  page.on("request", () => (requests += 1));
  await page.addInitScript(readable, heading);
  try {
    await page.goto(`${origin}/${address}`, { waitUntil: "commit", timeout: limit });
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("not readable in time")), limit).unref());
    const milliseconds = await Promise.race([page.evaluate(() => globalThis.readable), late]);
    const then = { milliseconds, bytes, requests };
    // What a page asks of others after it is there counts as well.
    await page.waitForTimeout(300);
    return { ...then, foreign: [...foreign] };
  } catch (error) {
    return { failure: error.message.split("\n")[0], bytes, requests, foreign: [...foreign] };
  } finally {
    await context.close();
  }
}

const browser = await browse();
const served = [];
for (const portal of portals) served.push({ ...portal, server: await host(portal.folder), visits: [] });
for (let round = 0; round < rounds; round += 1) {
  for (const portal of served) {
    if (portal.visits.some((visit) => visit.failure)) continue;
    portal.visits.push(await visit(browser, `http://127.0.0.1:${portal.server.address().port}`, portal));
  }
}
await browser.close();
for (const { server } of served) server.close();
console.log(JSON.stringify(served.map(({ title, visits }) => ({ title, visits }))));
