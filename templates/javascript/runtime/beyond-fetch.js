// SPDX-License-Identifier: 0BSD
// What `fetch` refuses (WHATWG Fetch, 5.4): bodies of GET and HEAD, and the method TRACE. A fetch of the caller's own may be
// able to send them, and where Node's modules are, its own HTTP is.

import { isObject } from "./encode.js";
import { ArgumentError } from "./errors.js";
import { builtin, hasBuiltins } from "./platform.js";
import { ApiPromise } from "./promise.js";
import { decode, send } from "./request.js";
import { STATE } from "./state.js";

/** @typedef {import("./internal.d.ts").BodyEncoder} BodyEncoder */
/** @typedef {import("./internal.d.ts").State} State */

/**
 * Whether `fetch` sends bodies with the method.
 * @param {string} method
 */
export function canHaveBody(method) {
  return !/^(get|head)$/i.test(method);
}

/**
 * The encoder of a body that `fetch` refuses. One that is empty means nothing, and is left out.
 * @param {BodyEncoder} encoder
 * @returns {BodyEncoder}
 */
export function beyondFetch(encoder) {
  return {
    encode(value, mediaType, encodings, state) {
      if (value === "" || (isObject(value) && Object.keys(value).length === 0)) return undefined;
      const fetch = fetchBeyond(state, "does not send a body with GET or HEAD: leave the body out, or");
      const body = encoder.encode(value, mediaType, encodings, state);
      return body && { ...body, fetch };
    },
  };
}

/**
 * Calls an operation whose method `fetch` refuses.
 * @type {typeof import("./request.js").request}
 */
export function requestBeyondFetch(client, operation, path = [], params = {}, options = {}) {
  return new ApiPromise(async (raw) => {
    const fetch = fetchBeyond(client[STATE], `does not send ${operation.method}:`);
    return send({ ...client[STATE], fetch }, operation, path, params, options, { raw });
  }, decode);
}

/**
 * @param {State} state
 * @param {string} what
 * @returns {State["fetch"]}
 */
function fetchBeyond({ options }, what) {
  if (options.fetch) return options.fetch;
  if (hasBuiltins()) return fetchByNode;
  throw new ArgumentError(`\`fetch\` ${what} give the client a \`fetch\` of your own that can`);
}

/**
 * One request by Node's own HTTP, as `fetch` would make it.
 * @type {State["fetch"]}
 */
async function fetchByNode(url, { method, headers, body, signal }) {
  const { request } = builtin(url.startsWith("https:") ? "node:https" : "node:http");
  const { Readable } = builtin("node:stream");
  const content = body ? new Uint8Array(await new Response(body).arrayBuffer()) : undefined;
  /** @type {any} */
  const answer = await new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: Object.fromEntries(new Headers(headers)), signal }, resolve);
    // For such methods it says nothing about a body by itself.
    if (content) outgoing.setHeader("content-length", content.length);
    outgoing.on("error", reject).end(content);
  });
  const received = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) received.append(answer.rawHeaders[at], answer.rawHeaders[at + 1]);
  const { statusCode: status, statusMessage: statusText } = answer;
  const empty = method === "HEAD" || [204, 205, 304].includes(status);
  return new Response(empty ? void answer.resume() : Readable.toWeb(answer), { status, statusText, headers: received });
}
