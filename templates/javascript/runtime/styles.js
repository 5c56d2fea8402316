// SPDX-License-Identifier: 0BSD
// The styles of parameters (OpenAPI 3.0.4, 4.8.12.3), each importable alone.
//
// A style of the query gives `name=value` pairs, a style of the path or of a header gives text. All take the name, the
// value (never undefined) and how to encode it. Null has no place in the table and is not sent (RFC 6570, 2.3), but in JSON.

import { asText, encode, isObject, present, sentMembers } from "./encode.js";
import { stringify } from "./json.js";

/** @typedef {(text: string) => string} Encode */
/** @typedef {(name: string, value: unknown, encode?: Encode) => string[]} QueryStyle */
/** @typedef {(name: string, value: unknown, encode?: Encode) => string} TextStyle */

/**
 * `form`, exploded: `color=blue&color=black`, `R=100&G=200`.
 * @type {QueryStyle}
 */
export function form(name, value, encoded = encode) {
  if (!present(value)) return [];
  if (Array.isArray(value)) return value.filter(present).map((item) => `${encode(name)}=${encoded(asText(item))}`);
  if (isObject(value)) return sentMembers(value).map(([key, member]) => `${encode(key)}=${encoded(asText(member))}`);
  return [`${encode(name)}=${encoded(asText(value))}`];
}

/**
 * `form`, not exploded: `color=blue,black`, `color=R,100,G,200`.
 * @type {QueryStyle}
 */
export function formJoined(name, value, encoded = encode) {
  return delimited(name, value, ",", encoded);
}

/**
 * `spaceDelimited`, not exploded: `color=blue%20black`.
 * @type {QueryStyle}
 */
export function spaceDelimited(name, value, encoded = encode) {
  return delimited(name, value, "%20", encoded);
}

/**
 * `pipeDelimited`, not exploded: `color=blue%7Cblack`.
 * @type {QueryStyle}
 */
export function pipeDelimited(name, value, encoded = encode) {
  return delimited(name, value, "%7C", encoded);
}

/**
 * `deepObject`: `color[R]=100&color[G]=200`, its brackets percent-encoded. What the table leaves open goes deeper alike,
 * `a[b][c]=1`; a list of values repeats the name, other lists count.
 * @type {QueryStyle}
 */
export function deepObject(name, value, encoded = encode) {
  return deep(encode(name), value, encoded);
}

/**
 * A parameter with `content`: its value as JSON.
 * @type {QueryStyle}
 */
export function jsonContent(name, value, encoded = encode) {
  return [`${encode(name)}=${encoded(stringify(value))}`];
}

/**
 * OpenAPI 3.2's `querystring`: the value is the whole query, text as it is or an object as a form.
 * @type {QueryStyle}
 */
export function wholeQuery(name, value) {
  return typeof value === "string" ? [value] : form(name, value);
}

/**
 * The same as JSON.
 * @type {QueryStyle}
 */
export function wholeJson(_name, value) {
  return [encode(stringify(value))];
}

/**
 * `simple`, not exploded: `blue,black`, `R,100,G,200`.
 * @type {TextStyle}
 */
export function simple(_name, value, encoded = encode) {
  return flat(value, encoded).join(",");
}

/**
 * `simple`, exploded: `blue,black`, `R=100,G=200`.
 * @type {TextStyle}
 */
export function simpleExploded(_name, value, encoded = encode) {
  return exploded(value, encoded).join(",");
}

/**
 * `label`, not exploded: `.blue,black`, `.R,100,G,200`.
 * @type {TextStyle}
 */
export function label(_name, value, encoded = encode) {
  return `.${flat(value, encoded).join(",")}`;
}

/**
 * `label`, exploded: `.blue.black`, `.R=100.G=200`.
 * @type {TextStyle}
 */
export function labelExploded(_name, value, encoded = encode) {
  return `.${exploded(value, encoded).join(".")}`;
}

/**
 * `matrix`, not exploded: `;color=blue,black`, `;color=R,100,G,200`.
 * @type {TextStyle}
 */
export function matrix(name, value, encoded = encode) {
  return matrixPart(encode(name), flat(value, encoded).join(","));
}

/**
 * `matrix`, exploded: `;color=blue;color=black`, `;R=100;G=200`.
 * @type {TextStyle}
 */
export function matrixExploded(name, value, encoded = encode) {
  if (Array.isArray(value)) {
    return value
      .filter(present)
      .map((item) => matrixPart(encode(name), encoded(asText(item))))
      .join("");
  }
  if (isObject(value)) {
    return sentMembers(value)
      .map(([key, member]) => matrixPart(encode(key), encoded(asText(member))))
      .join("");
  }
  return matrixPart(encode(name), encoded(asText(value)));
}

/**
 * A path or header parameter with `content`: its value as JSON.
 * @type {TextStyle}
 */
export function jsonText(_name, value, encoded = encode) {
  return encoded(stringify(value));
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {string} delimiter
 * @param {Encode} encoded
 */
function delimited(name, value, delimiter, encoded) {
  const parts = flat(value, encoded);
  return parts.length === 0 ? [] : [`${encode(name)}=${parts.join(delimiter)}`];
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {Encode} encoded
 * @returns {string[]}
 */
function deep(name, value, encoded) {
  if (!present(value)) return [];
  if (Array.isArray(value)) {
    const items = value.filter(present);
    const counts = items.some((item) => isObject(item) || Array.isArray(item));
    return items.flatMap((item, index) => deep(counts ? `${name}%5B${index}%5D` : name, item, encoded));
  }
  if (isObject(value)) {
    return sentMembers(value).flatMap(([key, member]) => deep(`${name}%5B${encode(key)}%5D`, member, encoded));
  }
  return [`${name}=${encoded(asText(value))}`];
}

/**
 * @param {unknown} value
 * @param {Encode} encoded
 */
function flat(value, encoded) {
  if (!present(value)) return [];
  if (Array.isArray(value)) return value.filter(present).map((item) => encoded(asText(item)));
  if (isObject(value)) return sentMembers(value).flatMap(([key, member]) => [encoded(key), encoded(asText(member))]);
  return [encoded(asText(value))];
}

/**
 * @param {unknown} value
 * @param {Encode} encoded
 */
function exploded(value, encoded) {
  if (!isObject(value)) return flat(value, encoded);
  return sentMembers(value).map(([key, member]) => `${encoded(key)}=${encoded(asText(member))}`);
}

/**
 * RFC 6570, 3.2.7: an empty value has no equals sign.
 * @param {string} name
 * @param {string} value
 */
function matrixPart(name, value) {
  return value === "" ? `;${name}` : `;${name}=${value}`;
}
