// @ts-check
'use strict';

/*
 * The samples of the page, written with the reader's values. A language says how its values are written
 * (`templates/*\/live.js`); the sample on the page is the template: what does not depend on values stays as it is.
 */
{
  /** @typedef {[string, string]} Token a class, and text */
  /** @typedef {[number, number, Token[]]} Edit what stands from here to there becomes this */

  const own = /** @type {any} */ (globalThis).portolan.console;

  /** @type {Map<string, (sample: any, call: any, base: string) => Edit[]>} */
  const languages = new Map();

  /** Called by the languages. @param {string} name @param {(sample: any, call: any, base: string) => Edit[]} write */
  own.language = (name, write) => languages.set(name, write);

  /** Part of some tokens. @param {Token[]} tokens @param {number} from @param {number} to */
  const slice = (tokens, from, to) => {
    /** @type {Token[]} */
    const found = [];
    let at = 0;
    for (const [name, text] of tokens) {
      const piece = text.slice(Math.max(0, from - at), Math.max(0, to - at));
      if (piece) found.push([name, piece]);
      at += text.length;
    }
    return found;
  };

  /** A file stands in code under its name. @param {any} value @returns {any} */
  const named = (value) => {
    if (value instanceof File) return value.name;
    if (Array.isArray(value)) return value.map(named);
    return value instanceof Map ? new Map([...value].map(([name, item]) => [name, named(item)])) : value;
  };

  /** A sample with other values. @param {any} sample @param {Token[]} tokens of the sample on the page @param {any} call @returns {Token[]} */
  own.rewrite = (sample, tokens, call) => {
    const write = languages.get(sample.name);
    if (!write) return tokens;
    const base = tokens.map(([, text]) => text).join('');
    const found = [];
    let at = 0;
    for (const [from, to, edit] of write(sample, { ...call, body: named(call.body) }, base)) {
      found.push(...slice(tokens, at, from), ...edit);
      at = to;
    }
    return [...found, ...slice(tokens, at, base.length)];
  };

  own.languages = languages;
}
