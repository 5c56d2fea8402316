// A real server on a real socket for one test, and a client for it.

import { createServer } from "node:http";
import { Core } from "../runtime/core.js";
import { clientCredentials, forgetToken } from "../runtime/oauth.js";

/**
 * Answers each request by the next of `answers`; the last one answers all that follow. Gives what arrived.
 */
export async function serve(t, ...answers) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const arrived = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks) };
    requests.push(arrived);
    await answers[Math.min(requests.length, answers.length) - 1](response, arrived);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

export function answerJson(data, { status = 200, headers = {} } = {}) {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof data === "string" ? data : JSON.stringify(data));
  };
}

/** Waits until something holds. */
export async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export const settings = {
  name: "shop",
  version: "1.2.3",
  prefix: "SHOP",
  baseUrl: "https://shop.invalid",
  security: [],
  schemes: [],
};

export function clientOf(baseUrl, options = {}, more = {}) {
  return new Core({ ...settings, ...more }, { baseUrl, ...options });
}

/** Settings of an API whose tokens come from there, for these scopes. */
export const oauth = (tokenUrl, ...scopes) => ({
  schemes: [["oauth", {
    apply: clientCredentials,
    refresh: forgetToken,
    token: ["token", "SHOP_TOKEN"],
    options: [["clientId", "SHOP_CLIENT_ID"], ["clientSecret", "SHOP_CLIENT_SECRET"]],
    tokenUrl,
  }]],
  security: [[["oauth", ...scopes]]],
});
