// SPDX-License-Identifier: 0BSD
// Cookies that are parameters of an operation.

import { own } from "./compose.js";
import { encode, headerValue } from "./encode.js";
import { ArgumentError } from "./errors.js";
import { isBrowser, pageCannotSend } from "./platform.js";
import { form } from "./styles.js";

/**
 * Adds the cookies of a call behind those that are there.
 * @param {Headers} headers
 * @param {import("./internal.d.ts").QueryParameter[]} parameters
 * @param {Record<string, unknown>} params
 */
export function addCookies(headers, parameters, params) {
  const pairs = parameters.flatMap(([wire, style = form, encoded = encode, key = wire]) => {
    const value = own(params, key);
    // Nobody decodes the name of a cookie.
    const lead = `${encode(wire)}=`;
    return (value === undefined ? [] : style(wire, value, encoded)).map((pair) =>
      pair.startsWith(lead) ? `${wire}=${pair.slice(lead.length)}` : pair,
    );
  });
  if (pairs.length === 0) return;
  if (isBrowser()) throw new ArgumentError(pageCannotSend(pairs[0].split("=", 1)[0]));
  if (pairs.some((pair) => pair.includes(";"))) throw new ArgumentError("a semicolon in a cookie would begin another one");
  const known = headers.get("cookie");
  headers.set("cookie", `${known ? `${known}; ` : ""}${headerValue("cookie", pairs.join("; "))}`);
}
