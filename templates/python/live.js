// @ts-check
'use strict';

/*
 * The Python sample on an operation's page with other values: what `portolan samples` would print for them. The layout is
 * that of targets/src/python/sample; tests/tests/console.rs compares the two.
 */
{
  /** @typedef {[string, string]} Token a class, and text */

  const { Digits, write: json, language } = /** @type {any} */ (globalThis).portolan.console;
  const WIDTH = 80;

  /** A string literal: ASCII only, in the quotes that need fewer escapes. @param {string} text */
  const string = (text) => {
    const quote = text.split('"').length > text.split("'").length ? "'" : '"';
    const escaped = [...text].map((character) => {
      const point = character.codePointAt(0) ?? 0;
      if (character === quote || character === '\\') return `\\${character}`;
      if (point >= 32 && point < 127) return character;
      const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
      const hex = point.toString(16);
      return short ?? (point < 256 ? `\\x${hex.padStart(2, '0')}` : point < 65536 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`);
    });
    return quote + escaped.join('') + quote;
  };

  /** A value on one line. @param {any} value @returns {string} */
  const text = (value) => {
    if (value instanceof Opened) return `Path(${string(value.name)})`;
    if (value instanceof Digits) return value.text;
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (typeof value === 'string') return string(value);
    if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
    return `{${[...value].map(([name, item]) => `${string(name)}: ${text(item)}`).join(', ')}}`;
  };

  /** A file that the sample opens. */
  class Opened {
    /** @param {string} name */
    constructor(name) {
      this.name = name;
    }
  }

  /** A value, over lines where one does not hold it. @param {any} value @param {number} depth @param {number} before @param {boolean} inLine @returns {Token[]} */
  const write = (value, depth, before, inLine) => {
    if (value instanceof Opened) return [['f', 'Path'], ['', '('], ['s', string(value.name)], ['', ')']];
    if (value === null) return [['k', 'None']];
    if (typeof value === 'string') return [['s', string(value)]];
    if (typeof value === 'boolean' || value instanceof Digits) return [['n', text(value)]];
    const isList = Array.isArray(value);
    const opened = isList && value.some((item) => item instanceof Opened);
    const fits = inLine || opened || depth * 4 + before + text(value).length < WIDTH;
    const [open, close] = isList ? '[]' : '{}';
    const line = (/** @type {number} */ depth) => `\n${'    '.repeat(depth)}`;
    /** @type {Token[]} */
    const tokens = [['', open]];
    const members = isList ? value.map((item) => [null, item]) : [...value];
    for (const [index, [name, item]] of members.entries()) {
      if (!fits) tokens.push(['', line(depth + 1)]);
      else if (index) tokens.push(['', ', ']);
      const key = name === null ? '' : string(name);
      if (key) tokens.push(['s', key], ['', ': ']);
      tokens.push(...write(item, depth + 1, key ? key.length + 2 : 0, fits));
      if (!fits) tokens.push(['', ',']);
    }
    tokens.push(['', (fits ? '' : line(depth)) + close]);
    return tokens;
  };

  /** Arguments in parentheses, a line each where one does not hold them. @param {[string | null, any][]} list @param {number} before @returns {Token[]} */
  const written = (list, before) => {
    const inLine = list.reduce((sum, [name, value]) => sum + (name ? name.length + 1 : 0) + text(value).length + 2, 0);
    const broken = before + inLine + 2 > WIDTH && list.length > 0;
    /** @type {Token[]} */
    const tokens = [['', '(']];
    for (const [index, [name, value]] of list.entries()) {
      if (broken) tokens.push(['', '\n    ']);
      else if (index) tokens.push(['', ', ']);
      if (name) tokens.push(['v', name], ['', '=']);
      tokens.push(...write(value, 1, broken && name ? name.length + 1 : 0, !broken));
      if (broken) tokens.push(['', ',']);
    }
    tokens.push(['', broken ? '\n)' : ')']);
    return tokens;
  };

  language('python', (/** @type {any} */ { marks, facts }, /** @type {any} */ call, /** @type {string} */ base) => {
    /** @type {string[]} */
    const files = [];
    /** A file whose name is the content, where that is the name of a file. @param {string} wish @param {any} value */
    const open = (wish, value) => {
      const content = typeof value === 'string' ? value : value === null ? '' : json(value);
      let name = content.length < 64 && /^[\w-]+\.[\w-]{1,5}$/.test(content) ? content : wish;
      if (/^(con|prn|aux|nul|com\d|lpt\d)\./i.test(name)) name = `file-${name}`;
      if (files.includes(name)) name = `${files.length + 1}-${name}`;
      files.push(name);
      return new Opened(name);
    };
    /** @type {[string | null, any][]} */
    const list = [];
    for (const [index, name] of facts.parameters) {
      if (!call.given.has(index)) continue;
      const first = list.findIndex(([name]) => name !== null);
      list.splice(name === null && first >= 0 ? first : list.length, 0, [name, call.given.get(index)]);
    }
    const { body, form } = call;
    // Another form than the preferred one is asked for by its name; a range by one of its types.
    const essence = form?.type.split(';')[0].trim() ?? '';
    const ranges = /** @type {Record<string, string>} */ ({ 'image/*': 'image/png', 'text/*': 'text/plain', 'audio/*': 'audio/mpeg', 'video/*': 'video/mp4' });
    const other = !call.formIndex ? '' : essence.includes('*') ? (ranges[essence] ?? 'application/octet-stream') : form.type;
    if (Array.isArray(facts.body)) {
      for (const [wire, name, file] of facts.body) {
        if (!(body instanceof Map) || !body.has(wire)) continue;
        const value = body.get(wire);
        const own = other ? form.fields?.find((/** @type {any} */ it) => it.name === wire) : undefined;
        const isFile = form.kind === 'multipart' && (own ? [own.control.type, own.control.items?.type].includes('file') : file);
        const wish = `${wire.replace(/[^\w-]/g, '').slice(0, 40) || 'file'}.bin`;
        list.push([name, !isFile ? value : Array.isArray(value) ? value.map((item) => open(wish, item)) : open(wish, value)]);
      }
    } else if (facts.body && body !== undefined) {
      const ending = /** @type {Record<string, string>} */ ({ png: 'png', jpeg: 'jpg', pdf: 'pdf', zip: 'zip' })[other.split(';')[0].split('/')[1]] ?? 'bin';
      const file = other ? form.kind === 'binary' && `upload.${ending}` : facts.body.file;
      list.push(['body', file ? open(file, body) : body]);
      if (facts.body.type && !other) list.push(['content_type', facts.body.type]);
    }
    if (other && facts.body && body !== undefined) list.push(['content_type', other]);
    const before = marks[4] - base.lastIndexOf('\n', marks[4] - 1) - 1;
    const imports = files.length ? [['k', 'from'], ['', ' pathlib '], ['k', 'import'], ['', ' Path\n\n']] : [];
    const server = call.server === null ? [] : [['v', 'base_url'], ['', '='], ['s', string(call.server)]];
    return [
      [marks[0], marks[1], imports],
      [marks[2], marks[3], server],
      [marks[4], marks[5], written(list, before)],
    ];
  });
}
