// SPDX-License-Identifier: 0BSD
// What `fetch` refuses (WHATWG Fetch, 5.4), and a fetch of the caller's may be able to send: bodies of GET and HEAD, and
// the method TRACE.

import { isObject } from "./encode.js";
import { ArgumentError } from "./errors.js";
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
export function byOwnFetch(encoder) {
  return {
    encode(value, mediaType, encodings, state) {
      if (value === "" || (isObject(value) && Object.keys(value).length === 0)) return undefined;
      needOwnFetch(state, "does not send a body with GET or HEAD: leave the body out, or");
      return encoder.encode(value, mediaType, encodings, state);
    },
  };
}

/**
 * Calls an operation whose method `fetch` refuses.
 * @type {typeof import("./request.js").request}
 */
export function requestByOwnFetch(client, operation, path = [], params = {}, options = {}) {
  return new ApiPromise(async (raw) => {
    needOwnFetch(client[STATE], `does not send ${operation.method}:`);
    return send(client[STATE], operation, path, params, options, { raw });
  }, decode);
}

/**
 * @param {State} state
 * @param {string} what
 */
function needOwnFetch({ options }, what) {
  if (options.fetch) return;
  throw new ArgumentError(`\`fetch\` ${what} give the client a \`fetch\` of your own that can`);
}
