import assert from "node:assert/strict";
import { test } from "node:test";
import { authorization, basic, bearer, keyInCookie, keyInHeader, keyInQuery } from "../runtime/auth.js";
import { request } from "../runtime/request.js";
import { answerJson, clientOf, oauth, serve } from "./harness.mjs";
import { requestUndescribed } from "../runtime/undescribed.js";

const GET = { id: "getThing", method: "GET", path: ["/thing"], query: [["a"]] };
const KEY = ["key", { apply: keyInHeader, options: [["apiKey", "SHOP_API_KEY"]], parameter: "X-Key" }];
const PLACES = [
  KEY,
  ["query", { apply: keyInQuery, options: [["apiKey", "SHOP_API_KEY"]], parameter: "api key" }],
  ["cookie", { apply: keyInCookie, options: [["apiKey", "SHOP_API_KEY"]], parameter: "sid", inCookie: true }],
  ["basic", { apply: basic, options: [["username", "SHOP_USERNAME"], ["password", "SHOP_PASSWORD"]] }],
  ["bearer", { apply: bearer, options: [["token", "SHOP_TOKEN"]] }],
  ["digest", { apply: authorization, options: [["authorization", "SHOP_AUTHORIZATION"]] }],
];
const ALL = { apiKey: "k y", username: "añb", password: "p:w", token: "t", authorization: 'Digest a="b"' };

test("each scheme puts its credential where it belongs", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  for (const [name, read, expected] of [
    ["key", ({ headers }) => headers["x-key"], "k y"],
    ["query", (arrived) => arrived.url, "/thing?a=1&api%20key=k%20y"],
    ["cookie", ({ headers }) => headers.cookie, "sid=k%20y"],
    ["basic", ({ headers }) => headers.authorization, `Basic ${Buffer.from("añb:p:w").toString("base64")}`],
    ["bearer", ({ headers }) => headers.authorization, "Bearer t"],
    ["digest", ({ headers }) => headers.authorization, 'Digest a="b"'],
  ]) {
    await request(clientOf(url, ALL, { schemes: PLACES, security: [[[name]]] }), GET, [], { a: 1 });
    assert.equal(read(requests.at(-1)), expected, name);
  }
});

test("the first alternative that is complete is taken, and all of its schemes", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const more = { schemes: PLACES, security: [[["bearer"]], [["key"], ["cookie"]]] };
  await request(clientOf(url, { apiKey: async () => "k" }, more), GET);
  const { authorization, "x-key": key, cookie } = requests[0].headers;
  assert.deepEqual([authorization, key, cookie], [undefined, "k", "sid=k"]);
});

test("a missing credential fails before the request, and says what to set", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const more = { schemes: PLACES, security: [[["key"]], [["basic"]]] };
  await assert.rejects(request(clientOf(url, {}, more), GET), {
    name: "MissingCredentialsError",
    message:
      "no credentials: give the client `apiKey` (or SHOP_API_KEY in the environment), or `username` (or SHOP_USERNAME in the environment) and `password` (or SHOP_PASSWORD in the environment)",
  });
  assert.equal(requests.length, 0);
  await request(clientOf(url, { headers: { "x-key": "mine" } }, more), GET);
  await request(clientOf(url, {}, { ...more, security: [[["key"]], []] }), GET);
  await request(clientOf(url, {}, more), { ...GET, security: [] });
  assert.deepEqual(requests.map(({ headers }) => headers["x-key"]), ["mine", undefined, undefined]);
});

test("credentials come from the environment, options first", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  process.env.SHOP_API_KEY = "from the environment";
  t.after(() => delete process.env.SHOP_API_KEY);
  const more = { schemes: PLACES, security: [[["key"]]] };
  await request(clientOf(url, {}, more), GET);
  await request(clientOf(url, { apiKey: "given" }, more), GET);
  assert.deepEqual(requests.map(({ headers }) => headers["x-key"]), ["from the environment", "given"]);
});

test("fifty calls at once fetch one token", async (t) => {
  let count = 0;
  const tokens = await serve(t, (response) => setTimeout(() => answerJson({ access_token: `t${++count}`, expires_in: 3600 })(response), 30));
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url, { clientId: "i:d", clientSecret: "s s" }, oauth(`${tokens.url}/token`, "read", "write"));
  await Promise.all(Array.from({ length: 50 }, () => request(client, GET)));
  assert.deepEqual([tokens.requests.length, requests.length], [1, 50]);
  assert.deepEqual(new Set(requests.map(({ headers }) => headers.authorization)), new Set(["Bearer t1"]));
  const { method, body, headers } = tokens.requests[0];
  assert.deepEqual(
    [method, body.toString(), Buffer.from(headers.authorization.slice(6), "base64").toString()],
    ["POST", "grant_type=client_credentials&scope=read+write", "i%3Ad:s%20s"],
  );
});

test("a token that is refused is fetched anew, once", async (t) => {
  let count = 0;
  const tokens = await serve(t, (response) => answerJson({ access_token: `t${++count}` })(response));
  const denied = answerJson({}, { status: 401 });
  const { url, requests } = await serve(t, answerJson({}), denied, answerJson({ ok: 1 }), denied);
  const client = clientOf(url, { clientId: "i", clientSecret: "s" }, oauth(tokens.url, "read", "write"));
  await request(client, GET);
  assert.deepEqual(await request(client, GET), { ok: 1 });
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer t1", "Bearer t1", "Bearer t2"]);
  await assert.rejects(request(client, GET), { name: "AuthenticationError" });
  assert.equal(requests.length, 5);
});

test("a token near its end is not used; a failure to get one is told and not kept", async (t) => {
  let count = 0;
  const tokens = await serve(
    t,
    answerJson({ error: "invalid_client", error_description: "who are you" }, { status: 401 }),
    (response) => answerJson({ access_token: `t${++count}`, expires_in: 0 })(response),
  );
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url, { clientId: "i", clientSecret: "s" }, oauth(tokens.url, "read", "write"));
  await assert.rejects(request(client, GET), { name: "AuthenticationError", message: "401 Unauthorized: who are you" });
  await request(client, GET);
  await request(client, GET);
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer t1", "Bearer t2"]);
});

test("a token of the caller's own is enough", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  await request(clientOf(url, { token: "mine" }, oauth("http://127.0.0.1:1/", "read", "write")), GET);
  assert.equal(requests[0].headers.authorization, "Bearer mine");
});

test("the log names no secret", async (t) => {
  const { url } = await serve(t, answerJson({}, { headers: { "set-cookie": "sid=secret" } }));
  const lines = [];
  const logger = Object.fromEntries(["error", "warn", "info", "debug"].map((level) => [level, (line) => lines.push(`${level} ${line}`)]));
  const more = { schemes: PLACES, security: [[["key"], ["query"], ["cookie"], ["bearer"]]] };
  const client = clientOf(url, { ...ALL, apiKey: "secret", token: "secret", logger, logLevel: "debug" }, more);
  await request(client, { ...GET, query: [["a"], ["access_token"]] }, [], { a: 1, access_token: "secret" });
  const text = lines.join("\n");
  assert.doesNotMatch(text, /secret/);
  assert.match(text, /^info \[shop\] GET http:\S+\/thing\?a=1&access_token=\[redacted\]&api%20key=\[redacted\] 200 \d+ ms$/m);
  assert.match(text, /authorization: \[redacted\]; cookie: \[redacted\]; user-agent: shop-javascript\/1\.2\.3 portolan; x-key: \[redacted\]/);
  const quiet = [];
  await request(clientOf(url, { logger: { info: (line) => quiet.push(line) } }), GET);
  assert.deepEqual(quiet, []);
});

test("a browser with a secret is refused unless told otherwise", (t) => {
  const { process, navigator } = globalThis;
  globalThis.document = {};
  Object.defineProperty(globalThis, "process", { value: undefined, configurable: true, writable: true });
  t.after(() => {
    delete globalThis.document;
    globalThis.process = process;
    assert.equal(globalThis.navigator, navigator);
  });
  const more = { schemes: [KEY], security: [] };
  assert.throws(() => clientOf("https://a.invalid", { apiKey: "k" }, more), {
    name: "ArgumentError",
    message: "`apiKey` would be readable by everybody who opens this page; call from a server, or say `dangerouslyAllowBrowser: true`",
  });
  clientOf("https://a.invalid", {}, more);
  clientOf("https://a.invalid", { apiKey: "k", dangerouslyAllowBrowser: true }, more);
});

test("the base URL: option, environment, variables of the document, servers of operations", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const settings = { baseUrl: `${url}/{version}`, serverVariables: [["version", "v1"]] };
  await request(clientOf(undefined, {}, settings), GET);
  await request(clientOf(undefined, { serverVariables: { version: "v2" } }, settings), GET);
  await request(clientOf(`${url}/base/`, {}, settings), { ...GET, server: "https://never.invalid" });
  await request(clientOf(undefined, {}, settings), { ...GET, server: `${url}/other` });
  process.env.SHOP_BASE_URL = `${url}/environment`;
  t.after(() => delete process.env.SHOP_BASE_URL);
  await request(clientOf(undefined, {}, settings), GET);
  await request(clientOf(undefined, {}, settings), GET, [], {}, { baseUrl: `${url}/call` });
  assert.deepEqual(
    requests.map((arrived) => arrived.url),
    ["/v1/thing", "/v2/thing", "/base/thing", "/other/thing", "/environment/thing", "/call/thing"],
  );
  delete process.env.SHOP_BASE_URL;
  await assert.rejects(request(clientOf(undefined, {}, { baseUrl: "/" }), GET), {
    name: "ArgumentError",
    message: "`/` is no absolute URL: give the client `baseUrl`, or set SHOP_BASE_URL",
  });
});

test("a copy with other options leaves the first client as it is", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const { Core } = await import("../runtime/core.js");
  const { settings } = await import("./harness.mjs");
  class Shop extends Core {
    constructor(options) {
      super(settings, options);
    }
  }
  const client = new Shop({ baseUrl: url, headers: { "x-a": "1" } });
  const copy = client.withOptions({ headers: { "x-a": "2" } });
  assert.ok(copy instanceof Shop);
  await request(copy, GET);
  await requestUndescribed(client, "PUT", "/new", { body: { b: 1 } });
  assert.deepEqual(requests.map((arrived) => [arrived.method, arrived.url, arrived.headers["x-a"], arrived.body.toString()]), [
    ["GET", "/thing", "2", ""],
    ["PUT", "/new", "1", '{"b":1}'],
  ]);
});
