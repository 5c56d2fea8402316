// Files whose connection breaks.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { download, text } from "../runtime/download.js";
import { json, request } from "../runtime/request.js";
import { events } from "../runtime/stream.js";
import { clientOf, serve } from "./harness.mjs";

const FILE = { id: "file", method: "GET", path: ["/"], responses: [["*/*", download]] };
const BYTES = Buffer.from("0123456789".repeat(30_000));

/** Sends the file from the place that the request asks for, and breaks after so many bytes. */
function pieces(headers, ...lengths) {
  return (response, arrived) => {
    const [, from] = /^bytes=(\d+)-$/.exec(arrived.headers.range ?? "") ?? [];
    const start = Number(from ?? 0);
    const length = lengths.shift() ?? BYTES.length;
    const place = from === undefined ? {} : { "content-range": `bytes ${start}-${BYTES.length - 1}/${BYTES.length}` };
    response.writeHead(from === undefined ? 200 : 206, { "content-length": BYTES.length - start, ...headers, ...place });
    if (start + length >= BYTES.length) response.end(BYTES.subarray(start));
    else response.write(BYTES.subarray(start, start + length), () => setTimeout(() => response.destroy(), 20));
  };
}

const asked = (requests) => requests.map(({ headers }) => [headers.range, headers["if-range"]]);

test("a file goes on where it broke, as long as it is the same", async (t) => {
  const { url, requests } = await serve(t, pieces({ etag: '"v1"' }, 100_000, 50_000));
  const folder = await mkdtemp(join(tmpdir(), "portolan-downloads-"));
  t.after(() => rm(folder, { recursive: true }));
  await (await request(clientOf(url), FILE)).saveTo(join(folder, "out"));
  assert.ok((await readFile(join(folder, "out"))).equals(BYTES));
  assert.deepEqual(await readdir(folder), ["out"]);
  // What was on its way when the connection broke may be lost, and is asked for again.
  const places = asked(requests).map(([range, tag]) => [tag, Number(/\d+/.exec(range))]);
  assert.deepEqual(places.map(([tag]) => tag), [undefined, '"v1"', '"v1"']);
  assert.ok(places[0][1] < places[1][1] && places[1][1] < places[2][1] && places[2][1] <= 150_000, String(places));
});

test("a date tells what is the same where there is no tag, or a weak one", async (t) => {
  const date = "Wed, 21 Oct 2026 07:28:00 GMT";
  const { url, requests } = await serve(t, pieces({ etag: 'W/"v1"', "last-modified": date }, 100_000));
  assert.ok(BYTES.equals(await (await request(clientOf(url), FILE)).bytes()));
  assert.deepEqual(asked(requests).at(-1)[1], date);
});

test("a file that may be another by now breaks", async (t) => {
  const broken = { name: "ConnectionError", message: "the connection broke in the middle of the answer" };
  for (const headers of [{}, { etag: 'W/"v1"' }, { etag: '"v1"', "accept-ranges": "none" }]) {
    const { url, requests } = await serve(t, pieces(headers, 100_000));
    await assert.rejects((await request(clientOf(url), FILE)).bytes(), broken);
    assert.equal(requests.length, 1);
  }
  const other = (response) => response.writeHead(200, { etag: '"v2"' }).end("another file");
  const changed = await serve(t, pieces({ etag: '"v1"' }, 100_000), other);
  await assert.rejects((await request(clientOf(changed.url), FILE)).bytes(), broken);
  const elsewhere = (response) => response.writeHead(206, { "content-range": "bytes 5-9/10" }).end("56789");
  const moved = await serve(t, pieces({ etag: '"v1"' }, 100_000), elsewhere);
  await assert.rejects((await request(clientOf(moved.url), FILE)).bytes(), broken);
  const never = await serve(t, pieces({ etag: '"v1"' }, 100_000));
  await assert.rejects((await request(clientOf(never.url, { maxRetries: 0 }), FILE)).bytes(), broken);
  assert.equal(never.requests.length, 1);
});

test("a compressed answer without its end is no data", async (t) => {
  const body = gzipSync(JSON.stringify(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 10_007)));
  const { url, requests } = await serve(t, (response, { headers }) => {
    const zipped = /gzip/.test(headers["accept-encoding"]);
    response.writeHead(200, { "content-type": "application/json", ...(zipped && { "content-encoding": "gzip" }) });
    response.end(zipped ? body.subarray(0, -500) : "[1]");
  });
  await assert.rejects(request(clientOf(url), { ...FILE, responses: [["application/json", json]] }), { name: "DecodeError" });
  for (const decoder of [download, text, events]) await request(clientOf(url), { ...FILE, responses: [["*/*", decoder]] });
  const own = { headers: { "accept-encoding": "br" } };
  await request(clientOf(url), FILE, [], {}, own);
  assert.deepEqual(requests.map(({ headers }) => headers["accept-encoding"]), ["gzip, deflate", "identity", "identity", "identity", "br"]);
});
