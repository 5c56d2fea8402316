// Uploads, forms and downloads.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { download, text } from "../runtime/download.js";
import { formBody } from "../runtime/form.js";
import { linesBody } from "../runtime/lines.js";
import { multipart } from "../runtime/multipart.js";
import { json, request } from "../runtime/request.js";
import { deepObject } from "../runtime/styles.js";
import { binary, fileFromPath } from "../runtime/upload.js";
import { answerJson, clientOf, serve } from "./harness.mjs";

const post = (mediaType, encoder, encodings, more = {}) => ({
  id: "send",
  method: "POST",
  path: ["/"],
  body: { forms: [[mediaType, encoder, encodings]], ...more },
});

async function folder(t) {
  const path = await mkdtemp(join(tmpdir(), "portolan-bodies-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

async function* pieces() {
  yield new TextEncoder().encode("stre");
  yield new TextEncoder().encode("amed");
}

test("a body of bytes comes from anywhere, with a fitting media type", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const path = join(await folder(t), "cover.png");
  await writeFile(path, "on disk");
  const cases = [
    [new Blob(["blob"], { type: "image/webp" }), "blob", "image/webp"],
    [new File(["file"], "a.gif", { type: "image/gif" }), "file", "image/gif"],
    [new TextEncoder().encode("bytes"), "bytes", "application/octet-stream"],
    [new TextEncoder().encode("buffer").buffer, "buffer", "application/octet-stream"],
    ["text", "text", "text/plain;charset=UTF-8"],
    [pieces(), "streamed", "application/octet-stream"],
    [new Blob(["stream"]).stream(), "stream", "application/octet-stream"],
    [{ content: pieces(), type: "image/jpeg" }, "streamed", "image/jpeg"],
    [await fileFromPath(path), "on disk", "image/png"],
  ];
  for (const [value, body, type] of cases) {
    await request(clientOf(url), post("image/*", binary), [], { body: value });
    const arrived = requests.at(-1);
    assert.deepEqual([arrived.body.toString(), arrived.headers["content-type"]], [body, type]);
  }
  await request(clientOf(url), post("image/*", binary), [], { body: "x" }, { contentType: "image/svg+xml" });
  assert.equal(requests.at(-1).headers["content-type"], "image/svg+xml");
  await assert.rejects(request(clientOf(url), post("image/*", binary), [], { body: { no: 1 } }), { name: "ArgumentError" });
});

test("a file from disk is read again on a retry; a stream is not sent twice", async (t) => {
  const path = join(await folder(t), "a.bin");
  await writeFile(path, "on disk");
  const busy = answerJson({}, { status: 503, headers: { "retry-after-ms": "1" } });
  const again = await serve(t, busy, answerJson({}));
  await request(clientOf(again.url), post("application/octet-stream", binary), [], { body: await fileFromPath(path) });
  assert.deepEqual(again.requests.map(({ body }) => body.toString()), ["on disk", "on disk"]);
  const once = await serve(t, busy, answerJson({}));
  await assert.rejects(request(clientOf(once.url), post("application/octet-stream", binary), [], { body: pieces() }), { name: "ServerError" });
  assert.equal(once.requests.length, 1);
});

/** The parts of a multipart body, boundary left out. */
function parts({ headers, body }) {
  const [, boundary] = /boundary=(.*)$/.exec(headers["content-type"]);
  const [first, ...rest] = body.toString().split(`--${boundary}`);
  assert.equal(first, "");
  assert.equal(rest.pop(), "--\r\n");
  return rest.map((part) => part.slice(2, -2));
}

test("multipart: files with names and types, lists as parts, objects as JSON", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = post(
    "multipart/form-data",
    multipart,
    [["file", { type: "application/pdf, audio/mpeg" }], ["tags", { type: "application/json" }], ["raw", { type: "image/png", headers: { "X-Part": "1" } }], ["samples", { headers: { "X-K": "k", "x-p": "-" } }]],
    { flat: true },
  );
  const values = {
    file: new File(["F"], 'a"b\r\n.pdf', { type: "application/pdf" }),
    samples: [new Blob(["S1"]), { content: "S2", name: "s2.txt", type: "text/plain", headers: { "X-P": "p" } }],
    metadata: { edition: 2, big: 9007199254740993n },
    tags: ["x", "y"],
    languages: ["en", "de"],
    raw: new Uint8Array([82]),
    note: "line\r\none",
    count: 3,
    nothing: undefined,
  };
  await request(clientOf(url), operation, [], values);
  const expected = [
    'content-disposition: form-data; name="file"; filename="a%22b%0D%0A.pdf"\r\ncontent-type: application/pdf\r\n\r\nF',
    'content-disposition: form-data; name="samples"; filename="file"\r\ncontent-type: application/octet-stream\r\nX-K: k\r\nx-p: -\r\n\r\nS1',
    'content-disposition: form-data; name="samples"; filename="s2.txt"\r\ncontent-type: text/plain\r\nX-K: k\r\nX-P: p\r\n\r\nS2',
    'content-disposition: form-data; name="metadata"\r\ncontent-type: application/json\r\n\r\n{"edition":2,"big":9007199254740993}',
    'content-disposition: form-data; name="tags"\r\ncontent-type: application/json\r\n\r\n["x","y"]',
    'content-disposition: form-data; name="languages"\r\n\r\nen',
    'content-disposition: form-data; name="languages"\r\n\r\nde',
    'content-disposition: form-data; name="raw"; filename="file"\r\ncontent-type: image/png\r\nX-Part: 1\r\n\r\nR',
    'content-disposition: form-data; name="note"\r\n\r\nline\r\none',
    'content-disposition: form-data; name="count"\r\n\r\n3',
  ];
  assert.deepEqual(parts(requests[0]), expected);
  assert.ok(requests[0].headers["content-length"]);
  await request(clientOf(url), operation, [], { file: { content: pieces(), name: "s.mp3", type: "audio/mpeg" }, count: 1 });
  assert.deepEqual(parts(requests[1]), [
    'content-disposition: form-data; name="file"; filename="s.mp3"\r\ncontent-type: audio/mpeg\r\n\r\nstreamed',
    'content-disposition: form-data; name="count"\r\n\r\n1',
  ]);
});

test("forms: lists repeat, objects are JSON or as their style says", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = post("application/x-www-form-urlencoded", formBody, [["deep", { style: deepObject }]], { flat: true });
  await request(clientOf(url), operation, [], { a: "x y&z", list: [{ b: 1 }, 2], object: { b: null }, deep: { c: [{ d: 1 }] }, "n m": null, none: undefined });
  assert.equal(requests[0].body.toString(), "a=x+y%26z&list=%7B%22b%22%3A1%7D&list=2&object=%7B%22b%22%3Anull%7D&deep%5Bc%5D%5B0%5D%5Bd%5D=1&n+m=");
  assert.equal(requests[0].headers["content-type"], "application/x-www-form-urlencoded");
});

test("what has no members is no form", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  for (const [type, encoder] of [["application/x-www-form-urlencoded", formBody], ["multipart/form-data", multipart]]) {
    for (const body of [["a"], "a=1", new FormData(), new URLSearchParams("a=1"), new Map([["a", 1]])]) {
      await assert.rejects(request(clientOf(url), post(type, encoder), [], { body }), { name: "ArgumentError", message: /a form needs an object/ });
    }
  }
  assert.equal(requests.length, 0);
});

test("JSON lines go out whole or one by one", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  async function* items() {
    yield { a: 1n };
    yield [2];
  }
  for (const body of [[{ a: 1 }, [2]], items()]) await request(clientOf(url), post("application/jsonl", linesBody), [], { body });
  assert.deepEqual(requests.map(({ body }) => body.toString()), ['{"a":1}\n[2]\n', '{"a":1}\n[2]\n']);
});

test("an optional flat body is left out, a required one is empty; a form is chosen by its media type", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const forms = [["application/json", json], ["text/*", binary]];
  const operation = { id: "x", method: "POST", path: ["/"], query: [["q"]], body: { forms, flat: true } };
  await request(clientOf(url), operation, [], { q: 1 });
  await request(clientOf(url), { ...operation, body: { forms, flat: true, required: true } }, [], { q: 1 });
  await request(clientOf(url), operation, [], { q: 1, body: "words" }, { contentType: "text/markdown" });
  assert.deepEqual(
    requests.map(({ url, body, headers }) => [url, body.toString(), headers["content-type"]]),
    [["/?q=1", "", undefined], ["/?q=1", "{}", "application/json"], ["/?q=1", "words", "text/markdown"]],
  );
});

const FILE = { id: "file", method: "GET", path: ["/"], accept: "*/*", responses: [["*/*", download]] };

test("a download is read once, as chunks, whole, or onto the disk", async (t) => {
  const bytes = Buffer.alloc(300_000, "ab");
  const { url } = await serve(t, (response) => {
    response.writeHead(200, { "content-type": "application/pdf", "content-length": bytes.length, "content-disposition": "attachment; filename=\"../../winter \\\"light\\\".pdf\"; filename*=UTF-8''..%2Fl%C3%A9ger.pdf" });
    response.end(bytes);
  });
  const client = clientOf(url);
  const file = await request(client, FILE);
  assert.deepEqual([file.contentType, file.size, file.fileName], ["application/pdf", 300_000, "léger.pdf"]);
  const path = join(await folder(t), "out.pdf");
  await file.saveTo(path);
  assert.ok((await readFile(path)).equals(bytes));
  assert.ok(bytes.equals(await (await request(client, FILE)).bytes()));
  let length = 0;
  for await (const chunk of await request(client, FILE)) length += chunk.length;
  assert.equal(length, bytes.length);
  const blob = await new Response((await request(client, FILE)).stream()).blob();
  assert.equal(blob.size, bytes.length);
});

test("a download that breaks leaves no file behind", async (t) => {
  const { url } = await serve(t, (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("abc", () => setTimeout(() => response.destroy(), 20));
  });
  const path = await folder(t);
  await assert.rejects((await request(clientOf(url), FILE)).saveTo(join(path, "out")), { name: "ConnectionError" });
  assert.deepEqual(await readdir(path), []);
});

test("a download may take longer than the timeout, and a signal stops it", async (t) => {
  let open;
  const { url } = await serve(t, (response) => {
    response.writeHead(200);
    response.write("a");
    open = response;
  });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const slow = await request(clientOf(url, { timeout: 80 }), FILE);
  t.mock.timers.tick(1_000);
  open.end("b");
  assert.equal(await slow.text(), "ab");
  t.mock.timers.reset();
  const controller = new AbortController();
  const text = (await request(clientOf(url), FILE, [], {}, { signal: controller.signal })).text();
  controller.abort(new Error("enough"));
  await assert.rejects(text, { message: "enough" });
});

test("text is read in the charset that it names", async (t) => {
  const { url } = await serve(t, (response) => {
    response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" });
    response.end(Buffer.from([0xe9]));
  });
  assert.equal(await request(clientOf(url), { ...FILE, responses: [["text/plain", text]] }), "é");
});
