// OAuth 2 tokens between many calls, many clients and servers that fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Core } from "../runtime/core.js";
import { request } from "../runtime/request.js";
import { answerJson, clientOf, oauth, serve, settings, until } from "./harness.mjs";

const GET = { id: "getThing", method: "GET", path: ["/thing"] };
const CREDENTIALS = { clientId: "i", clientSecret: "s" };

/** Gives `t1`, `t2` and so on. */
function counting() {
  let count = 0;
  return (response) => answerJson({ access_token: `t${++count}` })(response);
}

test("fifty calls whose token is refused at different times fetch one new token", async (t) => {
  const tokens = await serve(t, counting());
  const { url, requests } = await serve(t, (response, { headers }) => {
    const late = () => answerJson({}, { status: headers.authorization === "Bearer t1" ? 401 : 200 })(response);
    setTimeout(late, requests.length * 3);
  });
  const client = clientOf(url, CREDENTIALS, oauth(tokens.url));
  await Promise.all(Array.from({ length: 50 }, () => request(client, GET)));
  assert.equal(tokens.requests.length, 2);
  assert.equal(requests.length, 100);
});

test("a token endpoint that fails for a moment is asked again; one that refuses is not", async (t) => {
  const busy = answerJson({}, { status: 503, headers: { "retry-after": "0" } });
  const broken = (response) => response.destroy();
  const tokens = await serve(t, busy, broken, counting());
  const { url, requests } = await serve(t, answerJson({}));
  await request(clientOf(url, CREDENTIALS, oauth(tokens.url)), GET);
  assert.deepEqual([tokens.requests.length, requests.length], [3, 1]);
  const refusing = await serve(t, answerJson({ error: "invalid_client" }, { status: 400 }));
  await assert.rejects(request(clientOf(url, CREDENTIALS, oauth(refusing.url)), GET), {
    name: "BadRequestError",
    operation: "token",
    message: "400 Bad Request: invalid_client",
  });
  assert.equal(refusing.requests.length, 1);
});

test("an answer without a token is told, without what else it holds", async (t) => {
  const tokens = await serve(t, answerJson({ refresh_token: "secret" }));
  const { url } = await serve(t, answerJson({}));
  await assert.rejects(request(clientOf(url, CREDENTIALS, oauth(tokens.url)), GET), {
    name: "DecodeError",
    message: "the token endpoint answered without an `access_token`",
    text: "",
  });
});

test("copies share a token, unless they have other credentials", async (t) => {
  const tokens = await serve(t, counting());
  const { url, requests } = await serve(t, answerJson({}));
  class Shop extends Core {
    constructor(options) {
      super({ ...settings, ...oauth(tokens.url) }, options);
    }
  }
  const client = new Shop({ ...CREDENTIALS, baseUrl: url });
  await request(client, GET);
  await request(client.withOptions({ timeout: 5_000 }), GET);
  await request(client.withOptions({ clientId: "other" }), GET);
  await request(client.withOptions({ clientSecret: "other" }), GET);
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t3"]);
});

test("a signal stops one call that waits for a token, and not the others", async (t) => {
  let answer;
  const tokens = await serve(t, (response) => (answer = () => answerJson({ access_token: "t" })(response)));
  const { url, requests } = await serve(t, answerJson({ a: 1 }));
  const client = clientOf(url, CREDENTIALS, oauth(tokens.url));
  const controller = new AbortController();
  const stopped = request(client, GET, [], {}, { signal: controller.signal });
  const other = request(client, GET);
  stopped.catch(() => {});
  await until(() => answer);
  const reason = new Error("enough");
  controller.abort(reason);
  await assert.rejects(stopped, (error) => error === reason);
  answer();
  assert.deepEqual(await other, { a: 1 });
  assert.deepEqual([tokens.requests.length, requests.length], [1, 1]);
});

test("a relative token URL lies below the base URL", async (t) => {
  const { url, requests } = await serve(t, counting(), answerJson({}));
  await request(clientOf(`${url}/v1`, CREDENTIALS, oauth("oauth/token")), GET);
  assert.deepEqual(requests.map((arrived) => arrived.url), ["/v1/oauth/token", "/v1/thing"]);
});

test("neither headers nor hooks for the API see the token endpoint", async (t) => {
  const tokens = await serve(t, counting());
  const { url } = await serve(t, answerJson({}));
  const seen = [];
  const hooks = { beforeRequest: ({ operation }) => void seen.push(operation), afterResponse: (_, { operation }) => void seen.push(operation) };
  await request(clientOf(url, { ...CREDENTIALS, headers: { "x-tenant": "t" }, query: { v: 1 }, hooks }, oauth(tokens.url)), GET);
  assert.deepEqual(seen, ["getThing", "getThing"]);
  assert.deepEqual([tokens.requests[0].url, tokens.requests[0].headers["x-tenant"]], ["/", undefined]);
});
