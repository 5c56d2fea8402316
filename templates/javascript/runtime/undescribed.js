// SPDX-License-Identifier: 0BSD
// Calls of what the document does not describe.

import { ArgumentError } from "./errors.js";
import { beyondFetch, canHaveBody } from "./beyond-fetch.js";
import { json, request } from "./request.js";

/**
 * Calls what the package does not know, with the client's credentials.
 * @param {import("./request.js").Client} client
 * @param {string} method
 * @param {string} path
 * @param {import("./types.d.ts").RequestOptions & { body?: unknown }} [options]
 */
export function requestUndescribed(client, method, path, { body, ...options } = {}) {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) throw new ArgumentError(`\`${method}\` is no method of HTTP`);
  /** @type {import("./internal.d.ts").BodySpec} */
  const form = { forms: [["application/json", canHaveBody(method) ? json : beyondFetch(json)]] };
  const operation = { id: `${method} ${path}`, method, path: [path], body: form };
  return request(client, operation, [], body === undefined ? {} : { body }, options);
}
