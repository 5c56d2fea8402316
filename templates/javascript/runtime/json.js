// SPDX-License-Identifier: 0BSD
// JSON whose integers keep all their digits: what a double cannot hold exactly becomes a bigint, and a bigint is
// written as a number. Where asked, other numbers keep their digits too.

/** Integers of so many digits may be beyond 2^53. */
const LONG_INTEGER = /\d{16}/;
const TOKEN = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A number as it is written, which a double might round. */
export class Digits {
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  toString() {
    return this.#text;
  }
}

/**
 * Parses JSON. Integers beyond ±(2^53 - 1) become bigints, and what is no integer `Digits` when it is to be exact; nothing
 * else differs from `JSON.parse`.
 * @param {string} text
 * @param {boolean} [exact]
 * @returns {any}
 */
export function parse(text, exact) {
  if (!exact && !LONG_INTEGER.test(text)) return JSON.parse(text);
  const mark = randomMark();
  let marked = "";
  let copied = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[0];
    if (token === '"') {
      TOKEN.lastIndex = endOfString(text, match.index + 1);
    } else if (/[.eE]/.test(token) ? exact : token.length >= 16 && !Number.isSafeInteger(Number(token))) {
      marked += `${text.slice(copied, match.index)}"${mark}${token}"`;
      copied = TOKEN.lastIndex;
    }
  }
  if (copied === 0) return JSON.parse(text);
  return JSON.parse(marked + text.slice(copied), (_key, value) => {
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const digits = value.slice(mark.length);
    return /[.eE]/.test(digits) ? new Digits(digits) : BigInt(digits);
  });
}

/**
 * JSON as values; other text as it is.
 * @param {string} text
 * @param {boolean} [exact]
 * @returns {any}
 */
export function parseOrText(text, exact) {
  try {
    return parse(text, exact);
  } catch {
    return text;
  }
}

/**
 * Writes JSON; bigints and `Digits` are written as numbers with all their digits.
 * @param {unknown} value
 * @returns {string}
 */
export function stringify(value) {
  /** @type {string[]} */
  const digits = [];
  const mark = randomMark();
  const text = JSON.stringify(value, (_key, item) =>
    typeof item === "bigint" || item instanceof Digits ? `${mark}${digits.push(String(item)) - 1}:` : item,
  );
  return digits.length === 0 ? text : text.replace(new RegExp(`"${mark}(\\d+):"`, "g"), (_all, index) => digits[index]);
}

/** Text that no string begins with, not even one of a server that means harm. */
function randomMark() {
  return `bigint:${Math.random()}:`;
}

/**
 * The index behind the quote that closes a string.
 * @param {string} text
 * @param {number} from
 */
function endOfString(text, from) {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
