// Options of calls and clients, time, and pages that lead round in circles.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Core } from "../runtime/core.js";
import { download } from "../runtime/download.js";
import { cursor, nextUrl, paginate } from "../runtime/pages.js";
import { json, request } from "../runtime/request.js";
import { binary } from "../runtime/upload.js";
import { unwrap } from "../runtime/webhooks.js";
import { answerJson, clientOf, serve, settings } from "./harness.mjs";

const GET = { id: "getThing", method: "GET", path: ["/thing"] };
const POST = { id: "addThing", method: "POST", path: ["/things"], body: { forms: [["application/json", json]] } };

const after = (milliseconds, data) => (response) => void setTimeout(() => answerJson(data)(response), milliseconds);

test("a timeout holds for a client or a call; Infinity and what no timer can count wait for ever", async (t) => {
  const { url } = await serve(t, after(80, { a: 1 }));
  for (const timeout of [Infinity, 2 ** 31, 10_000]) {
    assert.deepEqual(await request(clientOf(url, { timeout: 20, maxRetries: 0 }), GET, [], {}, { timeout }), { a: 1 });
    assert.deepEqual(await request(clientOf(url, { timeout, maxRetries: 0 }), GET), { a: 1 });
  }
  await assert.rejects(request(clientOf(url, { maxRetries: 0 }), GET, [], {}, { timeout: 20 }), { name: "TimeoutError" });
});

test("each attempt has its own time", async (t) => {
  const { url, requests } = await serve(t, () => {}, answerJson({ a: 1 }));
  assert.deepEqual(await request(clientOf(url, { timeout: 1_000, maxRetries: 1 }), GET), { a: 1 });
  assert.equal(requests.length, 2);
});

test("maxRetries holds for a client or a call", async (t) => {
  const { url, requests } = await serve(t, answerJson({}, { status: 503, headers: { "retry-after": "0" } }));
  for (const [client, call, expected] of [[0, undefined, 1], [5, 1, 2], [undefined, undefined, 3]]) {
    requests.length = 0;
    await assert.rejects(request(clientOf(url, { maxRetries: client }), GET, [], {}, { maxRetries: call }), { name: "ServerError" });
    assert.equal(requests.length, expected);
  }
});

test("each status that may pass is tried again, no other is", async (t) => {
  for (const status of [408, 409, 429, 500, 502, 503, 504]) {
    const { url, requests } = await serve(t, answerJson({}, { status, headers: { "retry-after": "0" } }), answerJson({}));
    await request(clientOf(url), GET);
    assert.equal(requests.length, 2, String(status));
  }
  for (const status of [400, 401, 403, 404, 405, 410, 422]) {
    const { url, requests } = await serve(t, answerJson({}, { status, headers: { "retry-after": "0" } }));
    await assert.rejects(request(clientOf(url), GET), { status });
    assert.equal(requests.length, 1, String(status));
  }
});

test("each status has its class, and each class its place in the tree", async (t) => {
  const errors = await import("../runtime/errors.js");
  const classes = [[400, "BadRequestError"], [401, "AuthenticationError"], [403, "PermissionDeniedError"], [404, "NotFoundError"], [409, "ConflictError"], [422, "UnprocessableEntityError"], [429, "RateLimitError"], [500, "ServerError"], [599, "ServerError"], [418, "StatusError"], [304, "StatusError"]];
  for (const [status, name] of classes) {
    const { url } = await serve(t, (response) => response.writeHead(status, { "x-amzn-requestid": "r" }).end(status === 304 ? undefined : "not JSON"));
    const error = await request(clientOf(url, { maxRetries: 0 }), GET).then(assert.fail, (reason) => reason);
    assert.deepEqual([error.constructor.name, error.name, error.status, error.requestId], [name, name, status, "r"]);
    assert.ok(error instanceof errors.StatusError && error instanceof errors.ApiError);
    assert.equal(error.data, status === 304 ? undefined : "not JSON");
  }
});

test("the data of an error keeps its integers, its unknown members, and every prototype as it is", async (t) => {
  const { url } = await serve(t, answerJson('{"id":9007199254740993,"new":{"member":true},"__proto__":{"polluted":1}}', { status: 422 }));
  const { data } = await request(clientOf(url), GET).then(assert.fail, (reason) => reason);
  assert.deepEqual([data.id, data.new, Object.keys(data), {}.polluted], [9007199254740993n, { member: true }, ["id", "new", "__proto__"], undefined]);
});

test("an idempotency key: marked, always, given, or none", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const key = async (client, operation, options) => {
    await request(clientOf(url, client), operation, [], {}, options);
    const { headers } = requests.at(-1);
    return headers["idempotency-key"] ?? headers["x-once"];
  };
  assert.equal(await key({}, POST), undefined);
  assert.match(await key({}, { ...POST, idempotency: "X-Once" }), /^[0-9a-f-]{36}$/);
  assert.match(await key({ idempotencyHeader: "X-Once" }, POST), /^[0-9a-f-]{36}$/);
  assert.equal(await key({ idempotencyHeader: "X-Once" }, GET), undefined);
  assert.equal(await key({}, POST, { idempotencyKey: "mine" }), "mine");
  assert.equal(await key({}, { ...POST, idempotency: "X-Once" }, { idempotencyKey: "mine" }), "mine");
  assert.equal(requests.at(-1).headers["idempotency-key"], undefined);
});

test("a copy adds headers and query parameters, and takes away what is null", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  class Shop extends Core {
    constructor(options) {
      super(settings, options);
    }
  }
  const client = new Shop({ baseUrl: url, headers: { "x-a": "1", "x-b": "1" }, query: { v: 1 } });
  await request(client.withOptions({ headers: { "x-b": null, "x-c": "2" }, query: { w: 2 } }), GET);
  const { headers, url: path } = requests[0];
  assert.deepEqual([headers["x-a"], headers["x-b"], headers["x-c"], path], ["1", undefined, "2", "/thing?v=1&w=2"]);
});

test("an own fetch is called with a URL and what fetch takes", async () => {
  const calls = [];
  const fetch = async (url, { method, headers, body, redirect }) => {
    calls.push([url, method, headers.get("content-type"), body, redirect]);
    return Response.json({ a: 1 });
  };
  assert.deepEqual(await request(clientOf("https://shop.invalid/v1/", { fetch }), POST, [], { body: { b: 2 } }), { a: 1 });
  assert.deepEqual(calls, [["https://shop.invalid/v1/things", "POST", "application/json", '{"b":2}', "manual"]]);
});

test("a method keeps its case", async (t) => {
  // Node's own server knows no methods but those that are registered.
  const lines = [];
  const server = createServer((socket) =>
    socket.once("data", (data) => {
      lines.push(String(data).split("\r\n", 1)[0]);
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
    }),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${server.address().port}`;
  for (const method of ["test", "PURGE"]) await request(clientOf(url), { ...GET, method });
  assert.deepEqual(lines, ["test /thing HTTP/1.1", "PURGE /thing HTTP/1.1"]);
});

test("a body is half of a duplex only when it is a stream", async () => {
  const seen = [];
  const fetch = async (_url, { body, duplex }) => {
    seen.push([body instanceof ReadableStream, duplex]);
    return Response.json({});
  };
  const client = clientOf("https://shop.invalid", { fetch });
  const operation = { ...POST, body: { forms: [["*/*", binary]] } };
  for (const body of ["text", new Blob(["blob"]), new Uint8Array(1), new Blob(["b"]).stream()]) await request(client, operation, [], { body });
  await request(client, POST, [], { body: {} });
  assert.deepEqual(seen, [[false, undefined], [false, undefined], [false, undefined], [true, "half"], [false, undefined]]);
});

test("null, absent and value are three things in a body", async (t) => {
  const { url, requests } = await serve(t, answerJson('{"a":null,"c":0}'));
  const data = await request(clientOf(url), { ...POST, body: { ...POST.body, flat: true } }, [], { a: null, b: undefined, c: "" });
  assert.deepEqual([requests[0].body.toString(), data, "b" in data], ['{"a":null,"c":""}', { a: null, c: 0 }, false]);
});

test("what was taken as a response can still be awaited as data", async (t) => {
  const { url } = await serve(t, answerJson({ a: 1 }));
  const call = request(clientOf(url), GET);
  assert.equal((await call.asResponse()).status, 200);
  assert.deepEqual(await call, { a: 1 });
});

test("a hook that fails ends the call with its own error, and lets the connection go", async (t) => {
  let closed;
  const ended = new Promise((resolve) => (closed = resolve));
  const { url } = await serve(t, (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write("{");
    response.on("close", closed);
  });
  const hooks = { afterResponse() { throw new RangeError("mine"); } };
  await assert.rejects(request(clientOf(url, { hooks }), GET), { name: "RangeError" });
  await ended;
});

test("compressed answers are read; broken ones are connection errors", async (t) => {
  const zipped = gzipSync(JSON.stringify({ a: "x".repeat(500) }));
  const send = (bytes) => (response) => response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip", "content-length": bytes.length }).end(bytes);
  const { url } = await serve(t, send(zipped), send(Buffer.from("not gzip")), send(zipped));
  const client = clientOf(url, { maxRetries: 0 });
  assert.equal((await request(client, GET)).a.length, 500);
  await assert.rejects(request(client, GET), { name: "ConnectionError" });
  const file = await request(client, { ...GET, responses: [["*/*", download]] });
  assert.equal(file.size, undefined, "what travels is not what arrives");
  await file.stream().cancel();
});

const list = (next, from) => ({ ...GET, query: [["at"]], page: { next, parameter: "at", from: [from], items: ["items"] } });

async function collect(items, most = 99) {
  const result = [];
  for await (const item of items) {
    result.push(item);
    if (result.length === most) break;
  }
  return result;
}

test("pages that lead round in circles end", async (t) => {
  const pages = { undefined: ["a", "b"], b: ["b", "c"], c: ["c", "b"] };
  const circle = await serve(t, (response, { url }) => {
    const [item, next] = pages[new URL(url, "http://a").searchParams.get("at") ?? "undefined"];
    answerJson({ items: [item], next })(response);
  });
  assert.deepEqual(await collect(paginate(clientOf(circle.url), list(cursor, "next"))), ["a", "b", "c"]);
  const itself = await serve(t, (response, { url }) => answerJson({ items: [url], next: url })(response));
  assert.deepEqual(await collect(paginate(clientOf(itself.url), list(nextUrl, "next"))), ["/thing"]);
  const pair = await serve(t, (response, { url }) => answerJson({ items: [url], next: url === "/a" ? "/b" : "/a" })(response));
  assert.deepEqual(await collect(paginate(clientOf(pair.url), list(nextUrl, "next"))), ["/thing", "/a", "/b"]);
});

test("so many items are taken, and no page is asked for that they do not need", async (t) => {
  const { url, requests } = await serve(t, (response, { url }) => answerJson({ items: [1, 2], next: `${url}x` })(response));
  const call = () => paginate(clientOf(url), list(cursor, "next"));
  assert.deepEqual([await call().take(3), requests.length], [[1, 2, 1], 2]);
  assert.deepEqual([await call().take(2), requests.length], [[1, 2], 3]);
  assert.deepEqual(await (await call()).take(0), []);
});

test("leaving the loop asks for no further page; the same page may be asked for twice", async (t) => {
  const { url, requests } = await serve(t, (response, { url }) => answerJson({ items: [1, 2], next: `${url}x` })(response));
  assert.deepEqual(await collect(paginate(clientOf(url), list(cursor, "next")), 3), [1, 2, 1]);
  assert.equal(requests.length, 2);
  const page = await paginate(clientOf(url), list(cursor, "next"));
  const [first, again] = [await page.nextPage(), await page.nextPage()];
  assert.deepEqual([first.hasNextPage(), again.hasNextPage()], [true, true]);
  const numbers = [];
  for await (const { items } of page.pages()) if (numbers.push(items.length) === 3) break;
  assert.deepEqual(numbers, [2, 2, 2]);
});

test("webhooks: integers keep their digits, other names of the headers, and bodies that were parsed too early", async () => {
  const key = Buffer.from("key");
  const seconds = Math.floor(Date.now() / 1_000);
  const signed = (body, prefix = "webhook") => ({
    [`${prefix}-id`]: "i",
    [`${prefix}-timestamp`]: String(seconds),
    [`${prefix}-signature`]: `v1,${createHmac("sha256", key).update(`i.${seconds}.${body}`).digest("base64")}`,
  });
  const secret = key.toString("base64");
  assert.deepEqual(await unwrap('{"id":9007199254740993}', signed('{"id":9007199254740993}'), secret), { id: 9007199254740993n });
  assert.deepEqual(await unwrap("{}", signed("{}", "svix"), secret), {});
  assert.deepEqual(await unwrap("{}", signed("{}"), [Buffer.from("old").toString("base64"), secret]), {});
  await assert.rejects(unwrap("{}", signed("{}"), [Buffer.from("old").toString("base64")]), { name: "WebhookVerificationError" });
  await assert.rejects(unwrap("{}", signed("{}"), []), { name: "WebhookVerificationError" });
  await assert.rejects(unwrap("no", signed("no"), secret), { name: "WebhookVerificationError", message: "the request is signed, but it is not JSON" });
  await assert.rejects(unwrap({}, signed("{}"), secret), { message: "the body must be text or bytes exactly as they came, not yet parsed" });
  const polluted = '{"__proto__":{"polluted":1}}';
  await unwrap(polluted, signed(polluted), secret);
  assert.equal({}.polluted, undefined);
});
