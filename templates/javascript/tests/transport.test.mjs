// Servers that misbehave, on real sockets.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { ConnectionError, NotFoundError, StatusError, TimeoutError } from "../runtime/errors.js";
import { json, request } from "../runtime/request.js";
import { answerJson, clientOf, serve } from "./harness.mjs";

const GET = { id: "getThing", method: "GET", path: ["/thing"] };
const POST = { id: "addThing", method: "POST", path: ["/things"], body: { forms: [["application/json", json]], flat: true } };

const busy = (headers) => answerJson({ message: "busy" }, { status: 503, headers });

test("a failure that may pass is tried again, and the answer is the last one", async (t) => {
  const { url, requests } = await serve(t, busy({ "retry-after-ms": "1" }), busy({ "retry-after": "0" }), answerJson({ ok: 1 }));
  assert.deepEqual(await request(clientOf(url), GET), { ok: 1 });
  assert.equal(requests.length, 3);
});

test("Retry-After is kept in seconds, as a date and in milliseconds", async (t) => {
  for (const [headers, least, most] of [
    [{ "retry-after": "1" }, 950, 5000],
    [() => ({ "retry-after": new Date(Date.now() + 2_000).toUTCString() }), 500, 5000],
    [{ "retry-after-ms": "300", "retry-after": "30" }, 280, 5000],
  ]) {
    const { url } = await serve(t, busy(typeof headers === "function" ? headers() : headers), answerJson({}));
    const begun = Date.now();
    await request(clientOf(url), GET);
    const took = Date.now() - begun;
    assert.ok(took >= least && took <= most, `${JSON.stringify(headers)}: ${took} ms`);
  }
});

test("who asks for more than a minute is not asked again", async (t) => {
  const { url, requests } = await serve(t, busy({ "retry-after": "61" }), answerJson({}));
  await assert.rejects(request(clientOf(url), GET), { name: "ServerError", status: 503, message: "503 Service Unavailable: busy" });
  assert.equal(requests.length, 1);
});

test("what is no use trying again is not", async (t) => {
  const { url, requests } = await serve(t, answerJson({ detail: "no such thing", id: "x" }, { status: 404, headers: { "x-request-id": "r1" } }));
  const error = await request(clientOf(url), GET).then(assert.fail, (reason) => reason);
  assert.ok(error instanceof NotFoundError && error instanceof StatusError);
  const { status, data, requestId, operation, message } = error;
  assert.deepEqual(
    { status, data, requestId, operation, message },
    { status: 404, data: { detail: "no such thing", id: "x" }, requestId: "r1", operation: "getThing", message: "404 Not Found: no such thing" },
  );
  assert.equal(requests.length, 1);
});

test("the body and the idempotency key are the same on every attempt", async (t) => {
  const { url, requests } = await serve(t, busy({ "retry-after-ms": "1" }), answerJson({}));
  await request(clientOf(url), { ...POST, idempotency: "Idempotency-Key" }, [], { a: 1n });
  assert.deepEqual(requests.map(({ body }) => body.toString()), ['{"a":1}', '{"a":1}']);
  const [first, second] = requests.map(({ headers }) => headers["idempotency-key"]);
  assert.match(first, /^[0-9a-f-]{36}$/);
  assert.equal(first, second);
});

test("a slow answer is a timeout, and a timeout is a connection error", async (t) => {
  const { url } = await serve(t, () => {});
  const attempts = [];
  const hooks = { beforeRequest: ({ attempt }) => void attempts.push(attempt) };
  const error = await request(clientOf(url, { timeout: 60, maxRetries: 1, hooks }), GET).then(assert.fail, (reason) => reason);
  assert.ok(error instanceof TimeoutError && error instanceof ConnectionError);
  assert.equal(error.message, "no complete answer within 60 ms");
  assert.deepEqual(attempts, [0, 1]);
});

test("a body that stops in the middle is a timeout too", async (t) => {
  const { url } = await serve(t, (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"a":');
  });
  await assert.rejects(request(clientOf(url, { timeout: 60, maxRetries: 0 }), GET), { name: "TimeoutError" });
});

test("a body that is cut off is a connection error, and is asked for again", async (t) => {
  const cut = (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"a":', () => response.destroy());
  };
  const whole = await serve(t, cut, answerJson({ a: 1 }));
  assert.deepEqual(await request(clientOf(whole.url), GET), { a: 1 });
  const never = await serve(t, cut);
  await assert.rejects(request(clientOf(never.url, { maxRetries: 0 }), GET), { name: "ConnectionError" });
});

test("an error whose body breaks off keeps its status, and is asked for again by it", async (t) => {
  const cut = (status) => (response) => {
    response.writeHead(status, { "content-type": "application/json", "content-length": "100", "retry-after-ms": "1" });
    response.write('{"a":', () => response.destroy());
  };
  const refused = await serve(t, cut(404));
  await assert.rejects(request(clientOf(refused.url), GET), { name: "NotFoundError", status: 404, data: undefined });
  const busy = await serve(t, cut(503), answerJson({ a: 1 }));
  assert.deepEqual(await request(clientOf(busy.url), GET), { a: 1 });
});

test("nobody there is a connection error that says so", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(request(clientOf(`http://127.0.0.1:${port}`, { maxRetries: 0 }), GET), {
    name: "ConnectionError",
    message: `the connection to http://127.0.0.1:${port} failed (ECONNREFUSED)`,
  });
});

test("a signal stops the call with its own reason, also while it waits", async (t) => {
  const { url, requests } = await serve(t, busy({ "retry-after": "30" }));
  const reason = new Error("enough");
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 50);
  await assert.rejects(request(clientOf(url), GET, [], {}, { signal: controller.signal }), (error) => error === reason);
  await assert.rejects(request(clientOf(url), GET, [], {}, { signal: controller.signal }), (error) => error === reason);
  assert.equal(requests.length, 1);
});

test("an answer that is not what it says is a decode error with its text", async (t) => {
  const { url, requests } = await serve(t, (response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<h1>Sign in</h1>");
  });
  await assert.rejects(request(clientOf(url), GET), {
    name: "DecodeError",
    message: "the answer to `getThing` is not JSON; it says it is text/html",
    text: "<h1>Sign in</h1>",
  });
  assert.equal(requests.length, 1);
});

test("credentials never follow a redirect to another origin", async (t) => {
  const other = await serve(t, answerJson({ from: "other" }));
  const { url, requests } = await serve(t, (response) => {
    response.writeHead(302, { location: `${other.url}/elsewhere` });
    response.end();
  });
  const headers = { authorization: "Bearer s", cookie: "s=1", "x-api-key": "s", "accept-key": "s", "x-trace": "t", "idempotency-key": "k", "accept-language": "de" };
  assert.deepEqual(await request(clientOf(url), GET, [], {}, { headers }), { from: "other" });
  assert.equal(requests[0].headers.authorization, "Bearer s");
  const { "accept-language": language, ...seen } = other.requests[0].headers;
  assert.equal(language, "de");
  for (const name of Object.keys(headers).slice(0, -1)) assert.ok(!(name in seen), name);
});

test("credentials stay on a redirect inside the origin; 303 asks with GET, 307 sends again", async (t) => {
  for (const [status, method, body] of [[303, "GET", ""], [302, "GET", ""], [307, "POST", '{"a":1}'], [308, "POST", '{"a":1}']]) {
    const { url, requests } = await serve(
      t,
      (response) => response.writeHead(status, { location: "/next" }).end(),
      answerJson({}),
    );
    await request(clientOf(url, { headers: { authorization: "s" } }), POST, [], { a: 1 });
    const next = requests[1];
    assert.deepEqual([next.method, next.url, next.body.toString(), next.headers.authorization], [method, "/next", body, "s"]);
  }
});

test("redirects that never end, or leave the web, are refused", async (t) => {
  const loop = await serve(t, (response) => response.writeHead(302, { location: "/thing" }).end());
  await assert.rejects(request(clientOf(loop.url), GET), { name: "ConnectionError", message: "more than 10 redirects" });
  assert.equal(loop.requests.length, 11, "another attempt would be sent the same way");
  const file = await serve(t, (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end());
  await assert.rejects(request(clientOf(file.url, { maxRetries: 0 }), GET), { message: "a redirect to file: is not followed" });
});

test("data, response, and result", async (t) => {
  const { url, requests } = await serve(t, answerJson({ a: 1 }, { headers: { etag: '"x"' } }));
  const client = clientOf(url);
  const { data, response } = await request(client, GET).withResponse();
  assert.deepEqual([data, response.headers.get("etag")], [{ a: 1 }, '"x"']);
  const raw = await request(client, GET).asResponse();
  assert.equal(raw.bodyUsed, false);
  assert.deepEqual(await raw.json(), { a: 1 });
  const call = request(client, GET);
  assert.deepEqual(await call, { a: 1 });
  assert.equal(await (await call.asResponse()).text(), '{"a":1}');
  const { ok, data: again } = await request(client, GET).asResult();
  assert.deepEqual([ok, again], [true, { a: 1 }]);
  const lost = await request(client, { ...GET, path: ["/", ["id"]] }, [""]).asResult();
  assert.deepEqual([lost.ok, lost.error.name], [false, "ArgumentError"]);
  assert.equal(requests.length, 4);
});

test("a call that nobody awaits is made", async (t) => {
  let arrived;
  const got = new Promise((resolve) => (arrived = resolve));
  const { url } = await serve(t, (response) => (answerJson({})(response), arrived()));
  void request(clientOf(url), POST, [], {});
  await got;
});

test("an empty answer is undefined", async (t) => {
  const { url } = await serve(t, (response) => response.writeHead(204).end());
  assert.equal(await request(clientOf(url), GET), undefined);
});

test("integers keep all their digits, both ways", async (t) => {
  const { url, requests } = await serve(t, answerJson('{"a":9007199254740993,"b":[-9223372036854775808,1],"c":"9007199254740993","d":0.12345678901234567890,"e":1e400,"f":"\\"9007199254740993"}'));
  const data = await request(clientOf(url), POST, [], { id: 18446744073709551615n, text: "1n" });
  assert.deepEqual(data, { a: 9007199254740993n, b: [-9223372036854775808n, 1], c: "9007199254740993", d: 0.12345678901234568, e: Infinity, f: '"9007199254740993' });
  assert.equal(requests[0].body.toString(), '{"id":18446744073709551615,"text":"1n"}');
});

test("no answer and no parameter can pollute a prototype", async (t) => {
  const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"n":9007199254740993}';
  const { url, requests } = await serve(t, answerJson(hostile));
  const params = JSON.parse('{"__proto__":{"polluted":2},"a":1}');
  const data = await request(clientOf(url), POST, [], params);
  assert.equal({}.polluted, undefined);
  assert.deepEqual(Object.keys(data), ["__proto__", "constructor", "n"]);
  assert.equal(requests[0].body.toString(), '{"__proto__":{"polluted":2},"a":1}');
  const operation = { ...GET, query: [["toString"], ["constructor"]] };
  await request(clientOf(url), operation, [], {});
  assert.equal(requests[1].url, "/thing");
});

test("extra headers, query and body; null takes a header away", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url, { headers: { "x-a": "1", "x-b": "1" }, query: { v: 1 } });
  await request(client, POST, [], { a: 1 }, { headers: { "x-b": null, accept: "text/plain" }, query: { w: [1, 2] }, extraBody: { b: 2 } });
  const { headers, url: path, body } = requests[0];
  assert.deepEqual(
    [headers["x-a"], headers["x-b"], headers.accept, headers["user-agent"], path, body.toString()],
    ["1", undefined, "text/plain", "shop-javascript/1.2.3 portolan", "/things?v=1&w=1&w=2", '{"a":1,"b":2}'],
  );
});

test("hooks see each attempt and may change it", async (t) => {
  const { url, requests } = await serve(t, busy({ "retry-after-ms": "1" }), answerJson({ a: 1 }));
  const seen = [];
  const hooks = {
    beforeRequest(outgoing) {
      seen.push(`${outgoing.operation} ${outgoing.attempt}`);
      outgoing.headers.set("x-hook", String(outgoing.attempt));
    },
    afterResponse(response) {
      seen.push(response.status);
      return response.ok ? new Response('{"a":2}', response) : undefined;
    },
  };
  assert.deepEqual(await request(clientOf(url, { hooks }), GET), { a: 2 });
  assert.deepEqual(seen, ["getThing 0", 503, "getThing 1", 200]);
  assert.equal(requests[1].headers["x-hook"], "1");
  const broken = { beforeRequest: () => { throw new RangeError("mine"); } };
  await assert.rejects(request(clientOf(url, { hooks: broken }), GET), { name: "RangeError" });
});
