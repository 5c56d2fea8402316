// Streams, pages and webhooks.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { cursor, lastItem, linkHeader, nextUrl, offset, pageNumber, paginate } from "../runtime/pages.js";
import { json, request } from "../runtime/request.js";
import { events, jsonLines, wholeEvents } from "../runtime/stream.js";
import { unwrap } from "../runtime/webhooks.js";
import { answerJson, clientOf, serve } from "./harness.mjs";

const STREAM = { id: "watch", method: "GET", path: ["/"], responses: [["text/event-stream", events], ["application/json", json]] };

const stream = (...chunks) => async (response) => {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  for (const chunk of chunks) {
    response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  response.end();
};

async function collect(items) {
  const result = [];
  for await (const item of items) result.push(item);
  return result;
}

test("events are read however they are cut and however their lines end", async (t) => {
  const bytes = Buffer.from('\ufeffdata: {"a":"é"}\r\n\r\n: comment\r\rdata:one\ndata: two\n\nevent: end\ndata: 9007199254740993\r', "utf8");
  const cut = Array.from(bytes, (byte) => Buffer.from([byte]));
  const { url } = await serve(t, stream(bytes, "\n\r\n"), stream(...cut, "\n", "\r\n"), stream("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"));
  const expected = [{ a: "é" }, "one\ntwo", 9007199254740993n];
  assert.deepEqual(await collect(await request(clientOf(url), STREAM)), expected);
  assert.deepEqual(await collect(await request(clientOf(url), STREAM)), expected);
  assert.deepEqual(await collect(await request(clientOf(url), STREAM)), [1]);
});

test("whole events carry their name and id", async (t) => {
  const { url } = await serve(t, stream("id: 7\nevent: a\nretry: 5\ndata: {}\n\ndata: x\n\n"));
  assert.deepEqual(await collect(await request(clientOf(url), { ...STREAM, responses: [["text/event-stream", wholeEvents]] })), [
    { event: "a", id: "7", retry: 5, data: {} },
    { event: undefined, id: "7", retry: undefined, data: "x" },
  ]);
});

test("a stream that breaks goes on behind the last event", async (t) => {
  const breaks = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 10\nid: e1\ndata: 1\n\nid: e2\ndata: 2\n\nid: e3\ndata: half", () => setTimeout(() => response.destroy(), 20));
  };
  const { url, requests } = await serve(t, breaks, stream("data: 3\n\n"));
  assert.deepEqual(await collect(await request(clientOf(url), STREAM)), [1, 2, 3]);
  assert.deepEqual(requests.map(({ headers }) => headers["last-event-id"]), [undefined, "e2"]);
  const posted = await serve(t, breaks);
  await assert.rejects(collect(await request(clientOf(posted.url), { ...STREAM, method: "POST" })), { name: "ConnectionError" });
});

test("leaving the loop, closing, and a signal all end the connection", async (t) => {
  let closed = 0;
  const endless = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const timer = setInterval(() => response.write("data: 1\n\n"), 5);
    response.on("close", () => (clearInterval(timer), (closed += 1)));
  };
  const { url } = await serve(t, endless);
  for await (const item of await request(clientOf(url), STREAM)) {
    assert.equal(item, 1);
    break;
  }
  await (await request(clientOf(url), STREAM)).close();
  const controller = new AbortController();
  const watched = await request(clientOf(url), STREAM, [], {}, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 30);
  await assert.rejects(collect(watched), { message: "enough" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(closed, 3);
});

test("what comes is read by what it says it is", async (t) => {
  const { url } = await serve(t, answerJson({ whole: 1 }));
  assert.deepEqual(await request(clientOf(url), STREAM), { whole: 1 });
});

test("JSON lines, and JSON text sequences", async (t) => {
  const { url } = await serve(t, stream('{"a":1}\n\n\x1e{"a":', "2}\n", "[3]"), stream("{}\nno"));
  const operation = { ...STREAM, responses: [["text/event-stream", jsonLines]] };
  assert.deepEqual(await collect(await request(clientOf(url), operation)), [{ a: 1 }, { a: 2 }, [3]]);
  await assert.rejects(collect(await request(clientOf(url), operation)), { name: "DecodeError", text: "no" });
});

/** Lists `count` numbers, and the requests that it took. */
async function listed(t, page, answers, params = {}, query = [["at"], ["size"]]) {
  const { url, requests } = await serve(t, ...answers.map((answer) => (Array.isArray(answer) || !answer.data ? answerJson(answer) : answerJson(answer.data, answer))));
  const items = await collect(paginate(clientOf(url), { id: "list", method: "GET", path: ["/list"], query, page }, [], params));
  return [items, requests.map((arrived) => arrived.url)];
}

test("pages: each way to the next one", async (t) => {
  const items = ["items"];
  assert.deepEqual(
    await listed(t, { next: cursor, parameter: "at", from: ["meta", "next"], items }, [
      { items: [1], meta: { next: "b" } }, { items: [], meta: { next: "c" } }, { items: [2], meta: { next: null } }]),
    [[1, 2], ["/list", "/list?at=b", "/list?at=c"]],
  );
  assert.deepEqual(
    await listed(t, { next: cursor, parameter: "at", from: ["next"], more: ["more"], items }, [
      { items: [1], next: "b", more: true }, { items: [2], next: "c", more: false }]),
    [[1, 2], ["/list", "/list?at=b"]],
  );
  assert.deepEqual(
    await listed(t, { next: cursor, parameter: "at", from: ["next"], items }, [{ items: [1], next: "b" }, { items: [2], next: "b" }]),
    [[1, 2], ["/list", "/list?at=b"]],
  );
  assert.deepEqual(
    await listed(t, { next: lastItem, parameter: "at", from: ["id"], more: ["more"], items }, [
      { items: [{ id: 1 }, { id: 2 }], more: true }, { items: [{ id: 3 }], more: false }]),
    [[{ id: 1 }, { id: 2 }, { id: 3 }], ["/list", "/list?at=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: offset, parameter: "at", size: "size", total: ["total"], items }, [
      { items: [1, 2], total: 3 }, { items: [3], total: 3 }], { size: 2 }),
    [[1, 2, 3], ["/list?size=2", "/list?at=2&size=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: offset, parameter: "at", size: "size", items: [] }, [[1, 2], [3]], { size: 2 }),
    [[1, 2, 3], ["/list?size=2", "/list?at=2&size=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: pageNumber, parameter: "at", size: "size", total: ["pages"], items }, [
      { items: [1], pages: 2 }, { items: [2], pages: 2 }]),
    [[1, 2], ["/list", "/list?at=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: pageNumber, parameter: "at", first: 0, items }, [{ items: [1] }, { items: [2] }, { items: [] }]),
    [[1, 2], ["/list", "/list?at=1", "/list?at=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: nextUrl, from: ["next"], items }, [{ items: [1], next: "/list?p=2" }, { items: [2], next: "" }]),
    [[1, 2], ["/list", "/list?p=2"]],
  );
  assert.deepEqual(
    await listed(t, { next: linkHeader, items: [] }, [
      { data: [1], headers: { link: '</list?p=0>; rel="prev", </list?p=2,3>; title="a"; rel="next last"' } },
      { data: [2], headers: { link: "</list>; rel=first" } }]),
    [[1, 2], ["/list", "/list?p=2,3"]],
  );
});

test("a page is awaited, asked for the next, and has its body and response", async (t) => {
  const { url } = await serve(t, answerJson({ items: [1], next: "b" }), answerJson({ items: [2] }));
  const operation = { id: "list", method: "GET", path: ["/"], query: [["at"]], page: { next: cursor, parameter: "at", from: ["next"], items: ["items"] } };
  const page = await paginate(clientOf(url), operation);
  assert.deepEqual([page.items, page.body, page.response.status, page.hasNextPage()], [[1], { items: [1], next: "b" }, 200, true]);
  const next = await page.nextPage();
  assert.deepEqual([next.items, next.hasNextPage(), await next.nextPage()], [[2], false, undefined]);
});

test("a next page at another origin is refused", async (t) => {
  const { bearer } = await import("../runtime/auth.js");
  const other = await serve(t, answerJson({ items: [2] }));
  const { url, requests } = await serve(t, answerJson({ items: [1], next: `${other.url}/list` }));
  const more = { schemes: [["b", { apply: bearer, options: [["token", "SHOP_TOKEN"]] }]], security: [[["b"]]] };
  const operation = { id: "list", method: "GET", path: ["/"], page: { next: nextUrl, from: ["next"], items: ["items"] } };
  const client = clientOf(url, { token: "s", headers: { "x-secret": "s" } }, more);
  await assert.rejects(collect(paginate(client, operation)), {
    name: "ConnectionError",
    message: `refused to follow a next page to another origin, ${other.url}`,
  });
  assert.deepEqual([requests.length, requests[0].headers.authorization, other.requests.length], [1, "Bearer s", 0]);
});

test("webhooks are verified as Standard Webhooks says", async () => {
  // The example of the specification's own libraries.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"test": 2432232314}';
  const now = new Date(1614265330 * 1000);
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "Webhook-Timestamp": "1614265330",
    "webhook-signature": "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v2,x v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  assert.deepEqual(await unwrap(body, headers, secret, { now }), { test: 2432232314 });
  assert.deepEqual(await unwrap(new TextEncoder().encode(body), new Headers(headers), secret, { now }), { test: 2432232314 });
  const refused = { name: "WebhookVerificationError" };
  await assert.rejects(unwrap(`${body} `, headers, secret, { now }), refused);
  await assert.rejects(unwrap(body, headers, "whsec_AAAA", { now }), refused);
  await assert.rejects(unwrap(body, headers, secret), refused);
  await assert.rejects(unwrap(body, headers, secret, { now: new Date(now.getTime() - 301_000) }), refused);
  await assert.rejects(unwrap(body, {}, secret, { now }), refused);
  await assert.rejects(unwrap(body, headers, "", { now }), refused);
  const key = Buffer.from("key");
  const signature = createHmac("sha256", key).update(`i.${1614265330}.${body}`).digest("base64");
  const own = { "webhook-id": "i", "webhook-timestamp": "1614265330", "webhook-signature": `v1,${signature}` };
  assert.deepEqual(await unwrap(body, own, key.toString("base64"), { now }), { test: 2432232314 });
});
