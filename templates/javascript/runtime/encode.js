// SPDX-License-Identifier: 0BSD
// Values as text, text as parts of a URL.

import { ArgumentError } from "./errors.js";
import { Digits, stringify } from "./json.js";

/**
 * All but RFC 3986's unreserved characters, percent-encoded.
 * @param {string} text
 * @returns {string}
 */
export function encode(text) {
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * As `encode`, but reserved characters and percent-encoded triples stay (RFC 6570, 3.2.3). Not those that would end the
 * query or the parameter, or mean a space, and no brackets, which a URL cannot hold (OpenAPI 3.0.4, 4.8.12.4).
 * @param {string} text
 * @returns {string}
 */
export function encodeReserved(text) {
  return encodeURI(wellFormed(text))
    .replace(/[#&+]/g, encodeURIComponent)
    .replace(/%25([0-9A-Fa-f]{2})/g, "%$1");
}

/**
 * The same in a path: what would end a segment is encoded, what is separate only in a query is not.
 * @param {string} text
 * @returns {string}
 */
export function encodeReservedInPath(text) {
  return encodeURI(wellFormed(text))
    .replace(/[/?#]/g, encodeURIComponent)
    .replace(/%25([0-9A-Fa-f]{2})/g, "%$1");
}

/**
 * A value without parts as text: dates in RFC 3339's form; what has parts after all, as JSON.
 * @param {unknown} value
 * @returns {string}
 */
export function asText(value) {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? stringify(value) : String(value);
}

/**
 * Whether a value is to be sent: undefined and null are not (RFC 6570, 2.3).
 * @param {unknown} value
 */
export function present(value) {
  return value !== undefined && value !== null;
}

/**
 * Whether a value has members of its own.
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date || value instanceof Digits);
}

/**
 * The members of an object that are to be sent.
 * @param {Record<string, unknown>} value
 */
export function sentMembers(value) {
  return Object.entries(value).filter(([, member]) => present(member));
}

/**
 * The members of a form. A list has none, and what a browser calls FormData keeps them to itself.
 * @param {unknown} value
 */
export function formMembers(value) {
  if (!isObject(value) || Symbol.iterator in value) throw new ArgumentError("a form needs an object, whose members are sent");
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/**
 * A header's name and value, checked: a line break in one would be the beginning of another. What is not ASCII travels as
 * UTF-8.
 * @param {string} name
 * @param {unknown} value
 * @returns {string}
 */
export function headerValue(name, value) {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new ArgumentError(`\`${name}\` cannot be the name of a header`);
  const line = asText(value);
  if (/[^\t\x20-\x7e\x80-\uffff]/.test(line)) {
    throw new ArgumentError(`the header \`${name}\` must not contain a line break or another control character`);
  }
  // `fetch` takes a character for each byte.
  return String.fromCharCode(...new TextEncoder().encode(line));
}

/**
 * Half a surrogate pair is no character and has no encoding.
 * @param {string} text
 */
function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
