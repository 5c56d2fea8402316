// What fetch refuses, and a fetch of the caller's own may send.

import assert from "node:assert/strict";
import { test } from "node:test";
import { formBody } from "../runtime/form.js";
import { byOwnFetch, requestByOwnFetch } from "../runtime/own-fetch.js";
import { json, request } from "../runtime/request.js";
import { requestUndescribed } from "../runtime/undescribed.js";
import { answerJson, clientOf, serve } from "./harness.mjs";

const forms = [["application/json", byOwnFetch(json)], ["application/x-www-form-urlencoded", byOwnFetch(formBody)]];
const GET = { id: "x", method: "GET", path: ["/"], query: [["q"]], body: { forms, flat: true } };

test("a body of GET is left out when it is empty, else it is refused before anything is sent", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const whole = { ...GET, body: { forms } };
  await request(clientOf(url), GET, [], { q: 1 });
  for (const body of [{}, "", undefined]) await request(clientOf(url), whole, [], { q: 1, body });
  assert.deepEqual(requests.map((arrived) => arrived.url + arrived.body), Array(4).fill("/?q=1"));
  const refused = { name: "ArgumentError", message: "`fetch` does not send a body with GET or HEAD: leave the body out, or give the client a `fetch` of your own that can" };
  await assert.rejects(request(clientOf(url), GET, [], { a: 1 }), refused);
  await assert.rejects(request(clientOf(url), whole, [], { body: [1] }), refused);
  await assert.rejects(requestUndescribed(clientOf(url), "head", "/", { body: { a: 1 } }), refused);
  assert.equal(requests.length, 4);
});

test("a fetch of one's own gets what fetch refuses", async () => {
  const sent = [];
  const fetch = async (url, { method, body }) => Response.json({}, void sent.push([method, body]));
  const client = clientOf("https://shop.invalid", { fetch });
  await request(client, GET, [], { a: 1 });
  await request(client, { ...GET, body: { forms } }, [], { body: { b: null } }, { contentType: "application/x-www-form-urlencoded" });
  await requestByOwnFetch(client, { id: "x", method: "TRACE", path: ["/"] });
  assert.deepEqual(sent, [["GET", '{"a":1}'], ["GET", "b="], ["TRACE", undefined]]);
});

test("TRACE is refused before anything is sent", async () => {
  const error = { name: "ArgumentError", message: "`fetch` does not send TRACE: give the client a `fetch` of your own that can" };
  await assert.rejects(requestByOwnFetch(clientOf("https://shop.invalid"), { id: "x", method: "TRACE", path: ["/"] }), error);
});
