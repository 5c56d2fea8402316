// What fetch refuses: Node sends it by its own HTTP, a fetch of the caller's own may, and elsewhere it is an error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beyondFetch, requestBeyondFetch } from "../runtime/beyond-fetch.js";
import { formBody } from "../runtime/form.js";
import { json, request } from "../runtime/request.js";
import { requestUndescribed } from "../runtime/undescribed.js";
import { answerJson, clientOf, serve } from "./harness.mjs";

const forms = [["application/json", beyondFetch(json)], ["application/x-www-form-urlencoded", beyondFetch(formBody)]];
const GET = { id: "x", method: "GET", path: ["/"], query: [["q"]], body: { forms, flat: true } };

const WHOLE = { ...GET, body: { forms } };
const TRACE = { id: "x", method: "TRACE", path: ["/"] };

/** Takes Node's modules away, as elsewhere. */
function withoutNode(t) {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = undefined;
  t.after(() => (process.getBuiltinModule = getBuiltinModule));
}

test("a body of GET is left out when it is empty", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  await request(clientOf(url), GET, [], { q: 1 });
  for (const body of [{}, "", undefined]) await request(clientOf(url), WHOLE, [], { q: 1, body });
  assert.deepEqual(requests.map((arrived) => arrived.url + arrived.body), Array(4).fill("/?q=1"));
});

test("Node sends bodies of GET and HEAD, and TRACE", async (t) => {
  const { url, requests } = await serve(t, answerJson({ id: 1 }, { headers: { "set-cookie": ["a=1", "b=2"] } }));
  const client = clientOf(url, { headers: { "X-Own": "1" } });
  assert.deepEqual(await request(client, GET, [], { a: "ü" }), { id: 1 });
  const form = request(client, WHOLE, [], { body: { b: null } }, { contentType: "application/x-www-form-urlencoded" });
  const { response } = await form.withResponse();
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(await requestUndescribed(client, "HEAD", "/", { body: [1] }), undefined);
  assert.deepEqual(await requestBeyondFetch(client, TRACE), { id: 1 });
  const arrived = requests.map(({ method, headers, body }) => [method, headers["content-type"], headers["content-length"], headers["x-own"], String(body)]);
  assert.deepEqual(arrived, [
    ["GET", "application/json", "10", "1", '{"a":"ü"}'],
    ["GET", "application/x-www-form-urlencoded", "2", "1", "b="],
    ["HEAD", "application/json", "3", "1", "[1]"],
    ["TRACE", undefined, undefined, "1", ""],
  ]);
});

test("what Node sends itself is answered as by fetch: errors, retries, redirects, timeouts, aborts", async (t) => {
  const { url } = await serve(t, answerJson({ message: "no" }, { status: 404 }));
  await assert.rejects(request(clientOf(url), GET, [], { a: 1 }), { name: "NotFoundError", data: { message: "no" } });
  const busy = await serve(t, answerJson({}, { status: 503, headers: { "retry-after-ms": "1" } }), answerJson({ id: 2 }));
  assert.deepEqual(await request(clientOf(busy.url), GET, [], { a: 1 }), { id: 2 });
  const moved = await serve(t, (response) => response.writeHead(307, { location: `${busy.url}/there` }).end());
  assert.deepEqual(await request(clientOf(moved.url), GET, [], { a: 1 }), { id: 2 });
  assert.deepEqual([busy.requests.at(-1).url, String(busy.requests.at(-1).body)], ["/there", '{"a":1}']);
  const silent = await serve(t, (response) => response.writeHead(200).write("{"));
  const quick = clientOf(silent.url, { maxRetries: 0 });
  await assert.rejects(request(quick, GET, [], { a: 1 }, { timeout: 50 }), { name: "TimeoutError" });
  const controller = new AbortController();
  const call = request(quick, GET, [], { a: 1 }, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error("left")), 50);
  await assert.rejects(call, { message: "left" });
  await assert.rejects(request(clientOf("http://127.0.0.1:9", { maxRetries: 0 }), GET, [], { a: 1 }), { name: "ConnectionError" });
});

test("without Node's modules they are refused before anything is sent", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  withoutNode(t);
  const refused = { name: "ArgumentError", message: "`fetch` does not send a body with GET or HEAD: leave the body out, or give the client a `fetch` of your own that can" };
  await assert.rejects(request(clientOf(url), GET, [], { a: 1 }), refused);
  await assert.rejects(request(clientOf(url), WHOLE, [], { body: [1] }), refused);
  await assert.rejects(requestUndescribed(clientOf(url), "head", "/", { body: { a: 1 } }), refused);
  const error = { name: "ArgumentError", message: "`fetch` does not send TRACE: give the client a `fetch` of your own that can" };
  await assert.rejects(requestBeyondFetch(clientOf(url), TRACE), error);
  assert.equal(requests.length, 0);
});

test("a fetch of one's own gets what fetch refuses", async () => {
  const sent = [];
  const fetch = async (url, { method, body }) => Response.json({}, void sent.push([method, body]));
  const client = clientOf("https://shop.invalid", { fetch });
  await request(client, GET, [], { a: 1 });
  await request(client, WHOLE, [], { body: { b: null } }, { contentType: "application/x-www-form-urlencoded" });
  await requestBeyondFetch(client, TRACE);
  assert.deepEqual(sent, [["GET", '{"a":1}'], ["GET", "b="], ["TRACE", undefined]]);
});
