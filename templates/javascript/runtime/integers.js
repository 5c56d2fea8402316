// SPDX-License-Identifier: 0BSD
// Integers of 64 bits, and decimals, in one form: each where the document says that one is. What is of another kind stays
// as it is.

import { isObject } from "./encode.js";
import { Digits } from "./json.js";

/** @typedef {(value: any) => unknown} Convert */

/**
 * A bigint, however small.
 * @type {Convert}
 */
export function asBigint(value) {
  return Number.isInteger(value) ? BigInt(value) : value;
}

/**
 * A string of digits.
 * @type {Convert}
 */
export function asDigits(value) {
  return typeof value === "bigint" || Number.isInteger(value) ? String(BigInt(value)) : value;
}

/**
 * What JSON writes as a number, from a string of digits.
 * @type {Convert}
 */
export function fromDigits(value) {
  return typeof value === "string" && /^-?\d{1,20}$/.test(value) ? BigInt(value) : value;
}

/**
 * A decimal as it is written.
 * @type {Convert}
 */
export function asDecimal(value) {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Digits ? String(value) : value;
}

/**
 * What JSON writes as a number, from a decimal as it is written.
 * @type {Convert}
 */
export function fromDecimal(value) {
  return typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? new Digits(value) : value;
}

/**
 * What is no decimal after all, as numbers again.
 * @type {Convert}
 */
export function settled(value) {
  if (value instanceof Digits) return Number(value);
  if (Array.isArray(value)) return value.map((item) => settled(item));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, settled(member)])) : value;
}

/**
 * Members of an object, each by its name; those without a conversion of their own by `others`.
 * @param {any} value
 * @param {[name: string, convert?: Convert][]} known
 * @param {Convert} [others]
 */
export function members(value, known, others) {
  if (!isObject(value)) return value;
  const converts = new Map(/** @type {[string, Convert | undefined][]} */ (known));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const convert = converts.has(name) ? converts.get(name) : others;
      return [name, convert ? convert(member) : member];
    }),
  );
}

/**
 * A list, or what gives items one by one.
 * @param {any} value
 * @param {Convert} items
 */
export function list(value, items) {
  if (isObject(value) && Symbol.asyncIterator in value) return oneByOne(/** @type {any} */ (value), items);
  return Array.isArray(value) ? value.map((item) => items(item)) : value;
}

/**
 * @param {AsyncIterable<unknown>} source
 * @param {Convert} items
 */
async function* oneByOne(source, items) {
  for await (const item of source) yield items(item);
}

/**
 * A list whose first items each have a conversion of their own.
 * @param {any} value
 * @param {(Convert | undefined)[]} items
 * @param {Convert} [rest]
 */
export function row(value, items, rest) {
  if (!Array.isArray(value)) return value;
  return value.map((item, index) => {
    const convert = index < items.length ? items[index] : rest;
    return convert ? convert(item) : item;
  });
}

/**
 * One of several kinds of object, told apart by a member.
 * @param {any} value
 * @param {string} member
 * @param {[tag: string, convert: Convert][]} kinds
 */
export function kind(value, member, kinds) {
  const tag = isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  const found = kinds.find(([known]) => known === tag);
  return found ? found[1](value) : value;
}

/**
 * One of several kinds that nothing tells apart.
 * @param {any} value
 * @param {Convert[]} converts
 */
export function each(value, converts) {
  return converts.reduce((converted, convert) => convert(converted), value);
}
