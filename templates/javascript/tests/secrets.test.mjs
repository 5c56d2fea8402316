// Where secrets must not turn up, and which credentials win.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { bearer, keyInCookie, keyInHeader, keyInQuery } from "../runtime/auth.js";
import { request } from "../runtime/request.js";
import { answerJson, clientOf, serve } from "./harness.mjs";
import { addCookies } from "../runtime/cookies.js";

const GET = { id: "getThing", method: "GET", path: ["/thing"] };
const SCHEMES = [
  ["key", { apply: keyInHeader, options: [["apiKey", "SHOP_API_KEY"]], parameter: "X-Key" }],
  ["query", { apply: keyInQuery, options: [["apiKey", "SHOP_API_KEY"]], parameter: "key" }],
  ["cookie", { apply: keyInCookie, options: [["apiKey", "SHOP_API_KEY"]], parameter: "sid", inCookie: true }],
  ["bearer", { apply: bearer, options: [["token", "SHOP_TOKEN"]] }],
];
const ALL = { schemes: SCHEMES, security: [[["key"], ["query"], ["cookie"], ["bearer"]]] };
const SECRETS = { apiKey: "s3cret", token: "s3cret" };

/** All that a program prints of a value. */
const printed = (value) => [inspect(value, { depth: 9 }), JSON.stringify(value), String(value), value?.stack].join("\n");

test("nothing that is printed of a client, a call or an error holds a credential", async (t) => {
  const broken = (response) => {
    response.writeHead(200, { "content-length": "9" });
    response.write("{", () => response.destroy());
  };
  const page = (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>");
  const { url } = await serve(t, answerJson({ a: 1 }), answerJson({ message: "no" }, { status: 422 }), page, broken, () => {});
  const client = clientOf(url, { ...SECRETS, maxRetries: 0 }, ALL);
  const call = request(client, GET);
  const things = [client, call];
  await call;
  const names = ["UnprocessableEntityError", "DecodeError", "ConnectionError", "TimeoutError"];
  for (const name of names) {
    const timeout = name === "TimeoutError" ? 50 : 10_000;
    const error = await request(client, GET, [], {}, { timeout }).then(assert.fail, (reason) => reason);
    assert.equal(error.name, name);
    things.push(error);
  }
  const nobody = clientOf("http://127.0.0.1:1", { ...SECRETS, maxRetries: 0 }, ALL);
  things.push(await request(nobody, GET).then(assert.fail, (reason) => reason));
  for (const thing of things) assert.doesNotMatch(printed(thing), /s3cret/);
});

test("a header of the caller's own takes the place of the scheme's; null takes it away", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url, SECRETS, { ...ALL, security: [[["bearer"]]] });
  await request(client, GET, [], {}, { headers: { Authorization: "mine" } });
  await request(client, GET, [], {}, { headers: { authorization: null } });
  await request(client, GET, [], {}, { headers: { "x-other": "1" } });
  await request(clientOf(url, { headers: { authorization: "everywhere" } }, { ...ALL, security: [[["bearer"]]] }), GET);
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["mine", undefined, "Bearer s3cret", "everywhere"]);
});

test("a cookie parameter is no credential", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = { ...GET, cookies: { add: addCookies, parameters: [["theme"]] } };
  const more = { ...ALL, security: [[["cookie"]]] };
  await assert.rejects(request(clientOf(url, {}, more), operation, [], { theme: "dark" }), { name: "MissingCredentialsError" });
  await request(clientOf(url, SECRETS, more), operation, [], { theme: "dark" });
  assert.deepEqual(requests.map(({ headers }) => headers.cookie), ["theme=dark; sid=s3cret"]);
});

test("whoever may come without credentials shows them all the same", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const more = { ...ALL, security: [[], [["bearer"]]] };
  await request(clientOf(url, SECRETS, more), GET);
  await request(clientOf(url, {}, more), GET);
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer s3cret", undefined]);
});

test("an empty credential is a missing one", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const more = { ...ALL, security: [[["bearer"]]] };
  for (const token of ["", () => "", async () => undefined]) {
    await assert.rejects(request(clientOf(url, { token }, more), GET), { name: "MissingCredentialsError" });
  }
  assert.equal(requests.length, 0);
});

test("a credential is asked for anew before each attempt", async (t) => {
  const { url, requests } = await serve(t, answerJson({}, { status: 503, headers: { "retry-after": "0" } }), answerJson({}));
  let count = 0;
  await request(clientOf(url, { token: async () => `t${++count}` }, { ...ALL, security: [[["bearer"]]] }), GET);
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer t1", "Bearer t2"]);
});

test("the log at each level, from the environment too; no word of secrets in it", async (t) => {
  const { url } = await serve(t, answerJson({}));
  const lines = [];
  const logger = Object.fromEntries(["error", "warn", "info", "debug"].map((level) => [level, (line) => lines.push(`${level} ${line}`)]));
  process.env.SHOP_LOG = "Info";
  t.after(() => delete process.env.SHOP_LOG);
  await request(clientOf(url, { ...SECRETS, logger }, ALL), GET);
  assert.deepEqual(lines.map((line) => line.replace(/ \d+ ms$/, "").replace(url, "")), ["info [shop] GET /thing?key=[redacted] 200"]);
  process.env.SHOP_LOG = "loud";
  await request(clientOf(url, { ...SECRETS, logger }, ALL), GET);
  assert.equal(lines.length, 1);
  await request(clientOf(url, { ...SECRETS, logger, logLevel: "debug" }, ALL), GET, [], {}, { headers: { "x-client-secret": "s3cret" } });
  assert.equal(lines.length, 4);
  assert.doesNotMatch(lines.join("\n"), /s3cret/);
});

test("no redirect from https to http is followed", async (t) => {
  const answers = [new Response(null, { status: 302, headers: { location: "http://shop.invalid/thing" } })];
  const fetch = async () => answers.shift();
  await assert.rejects(request(clientOf("https://shop.invalid", { fetch }), GET), {
    name: "ConnectionError",
    message: "a redirect to http: is not followed",
  });
  assert.deepEqual(answers, []);
});
