// @ts-check
'use strict';

/*
 * JSON whose numbers keep their digits and whose members keep their order. A value is null, a boolean, a string, `Digits`, a
 * list or a `Map`: no name of a document is ever the key of an object of ours.
 */
{
  /** @typedef {null | boolean | string | Digits | File | Value[] | Map<string, any>} Value */

  const own = /** @type {any} */ (globalThis).portolan.console;

  /** A number as it was written. */
  class Digits {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
    }
  }

  const TOKEN = /"(?:[^"\\]|\\[^])*"|[-\d][\d.eE+-]*|true|false|null|[{}[\],:]/g;

  /** @param {string} text @returns {Value} @throws {SyntaxError} */
  const read = (text) => {
    JSON.parse(text); // Says what is wrong, so that below all is right.
    const tokens = text.match(TOKEN) ?? [];
    let at = 0;
    /** @returns {Value} */
    const value = () => {
      const token = tokens[at++];
      if (token === '[') {
        const items = [];
        while (tokens[at] !== ']') {
          items.push(value());
          if (tokens[at] === ',') at += 1;
        }
        at += 1;
        return items;
      }
      if (token === '{') {
        const members = new Map();
        while (tokens[at] !== '}') {
          const name = JSON.parse(tokens[at]);
          at += 2;
          members.set(name, value());
          if (tokens[at] === ',') at += 1;
        }
        at += 1;
        return members;
      }
      return /^[-\d]/.test(token) ? new Digits(token) : JSON.parse(token);
    };
    return value();
  };

  /** JSON on one line, or over lines with an indent. @param {Value} value @param {string} [indent] @param {number} [depth] @returns {string} */
  const write = (value, indent = '', depth = 0) => {
    if (value instanceof Digits) return value.text;
    if (value instanceof File) return JSON.stringify(value.name);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const isList = Array.isArray(value);
    const parts = isList
      ? value.map((item) => write(item, indent, depth + 1))
      : [...value].map(([name, item]) => `${JSON.stringify(name)}:${indent && ' '}${write(item, indent, depth + 1)}`);
    const [open, close] = isList ? '[]' : '{}';
    if (!indent || !parts.length) return open + parts.join(',') + close;
    const line = `\n${indent.repeat(depth + 1)}`;
    return `${open}${line}${parts.join(`,${line}`)}\n${indent.repeat(depth)}${close}`;
  };

  /** A value without parts as text; what has parts as JSON. @param {Value} value @returns {string} */
  const plain = (value) => (typeof value === 'string' ? value : write(value));

  Object.assign(own, { Digits, read, write, plain });
}
