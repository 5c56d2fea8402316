// @ts-check
'use strict';

/*
 * The JavaScript sample on an operation's page with other values: what `portolan samples` would print for them. The layout is
 * that of targets/src/javascript/sample; tests/tests/console.rs compares the two.
 */
{
  /** @typedef {[string, string]} Token a class, and text */
  /** @typedef {{depth: number, before: number, after: number}} Around what stands on the lines that a value begins and ends on */

  const { Digits, language } = /** @type {any} */ (globalThis).portolan.console;
  const WIDTH = 80;

  /** A file that the sample opens. */
  class Opened {
    /** @param {string} name */
    constructor(name) {
      this.name = name;
    }
  }

  /** A string literal: ASCII only, harmless in HTML. @param {string} text */
  const double = (text) =>
    JSON.stringify(text)
      .replace(/\\./g, (piece) => ({ '\\b': '\\u0008', '\\f': '\\u000c' })[piece] ?? piece)
      .replace(/[<>&]|[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

  /** The same in the quotes that need fewer escapes. @param {string} text */
  const string = (text) => {
    if (text.split('"').length <= text.split("'").length) return double(text);
    return `'${double(text).slice(1, -1).replace(/\\(.)|'/g, (piece) => (piece === '\\"' ? '"' : piece === "'" ? "\\'" : piece))}'`;
  };

  /** @param {string} digits */
  const number = (digits) => {
    if (!/^-?\d+$/.test(digits)) return Number.isFinite(Number(digits)) ? digits : '0';
    const value = BigInt(digits);
    return value < 2n ** 53n && value > -(2n ** 53n) ? String(value) : `${digits}n`;
  };

  /** @param {string} name */
  const isIdentifier = (name) => /^[A-Za-z_$][\w$]*$/.test(name);

  /** A member's name; `__proto__` only as a computed one, for else it would set the prototype. @param {string} name @returns {Token[]} */
  const key = (name) => {
    if (name === '__proto__') return [['', '['], ['s', double(name)], ['', ']: ']];
    return [isIdentifier(name) ? ['v', name] : ['s', string(name)], ['', ': ']];
  };

  /** @param {Token[]} tokens */
  const length = (tokens) => tokens.reduce((sum, [, text]) => sum + text.length, 0);

  /** @param {Around} around @param {number} length */
  const holds = ({ before, after }, length) => before + length + after <= WIDTH;

  /** @param {Around} around @param {number} before @returns {Around} */
  const inside = ({ depth }, before) => ({ depth: depth + 1, before: 2 * (depth + 1) + before, after: 1 });

  /** Several objects, or several lists, of more than one part each have a line of their own. @param {any} value @returns {boolean} */
  const mustBreak = (value) => {
    if (value instanceof Map) return [...value.values()].some(mustBreak);
    if (!Array.isArray(value)) return false;
    const all = (/** @type {(item: any) => boolean} */ test) => value.length > 1 && value.every(test);
    return all((item) => item instanceof Map && item.size > 1) || all((item) => Array.isArray(item) && item.length > 1) || value.some(mustBreak);
  };

  /** @param {any} value @returns {Token[]} */
  const inLine = (value) => {
    if (value instanceof Opened) return [['k', 'await'], ['', ' '], ['f', 'fileFromPath'], ['', '('], ['s', double(value.name)], ['', ')']];
    if (value instanceof Digits) return [['n', number(value.text)]];
    if (value === null || typeof value === 'boolean') return [['n', String(value)]];
    if (typeof value === 'string') return [['s', string(value)]];
    if (Array.isArray(value)) return [['', '['], ...value.flatMap((item, index) => /** @type {Token[]} */ ([['', index ? ', ' : ''], ...inLine(item)])), ['', ']']];
    if (!value.size) return [['', '{}']];
    return [...[...value].flatMap(([name, item], index) => /** @type {Token[]} */ ([['', index ? ', ' : '{ '], ...key(name), ...inLine(item)])), ['', ' }']];
  };

  /** @param {any} value @param {Around} around @returns {Token[]} */
  const write = (value, around) => {
    const indent = '  '.repeat(around.depth + 1);
    const line = inLine(value);
    if (!(value instanceof Map || Array.isArray(value)) || !(value instanceof Map ? value.size : true)) return line;
    if (!mustBreak(value) && holds(around, length(line))) return line;
    /** @type {Token[]} */
    const tokens = [['', value instanceof Map ? '{\n' : '[\n']];
    if (value instanceof Map) {
      for (const [name, item] of value) {
        const named = key(name);
        const within = inside(around, length(named));
        tokens.push(['', indent], ...named);
        // A long string stands below its name, which then ends without a space.
        if (typeof item === 'string' && !holds(within, length(inLine(item)))) tokens.splice(-1, 1, ['', tokens[tokens.length - 1][1].trimEnd()], ['', `\n${indent}  `]);
        tokens.push(...write(item, within), ['', ',\n']);
      }
    } else if (value.every((item) => item instanceof Digits)) tokens.push(...numbers(value, indent));
    else for (const item of value) tokens.push(['', indent], ...write(item, inside(around, 0)), ['', ',\n']);
    tokens.push(['', '  '.repeat(around.depth) + (value instanceof Map ? '}' : ']')]);
    return tokens;
  };

  /** Numbers, as many a line as it holds. @param {any[]} items @param {string} indent @returns {Token[]} */
  const numbers = (items, indent) => {
    let column = 0;
    /** @type {Token[]} */
    const tokens = [];
    for (const item of items) {
      const text = number(item.text);
      if (column > 0 && column + 2 + text.length > WIDTH) {
        tokens.push(['', '\n']);
        column = 0;
      }
      const space = column ? ' ' : indent;
      column += space.length + text.length + 1;
      tokens.push(['', space], ['n', text], ['', ',']);
    }
    tokens.push(['', '\n']);
    return tokens;
  };

  /** Arguments on one line where that holds them, else with the last one opened, else a line each. @param {any[]} list @param {Around} around @returns {Token[]} */
  const written = (list, around) => {
    const joined = (/** @type {any[]} */ list) => list.flatMap((item, index) => /** @type {Token[]} */ ([['', index ? ', ' : ''], ...inLine(item)]));
    if (!list.length) return [];
    const others = list.slice(0, -1);
    const last = list[list.length - 1];
    const ahead = length(joined(others)) + (others.length ? 2 : 0);
    // Only the members of the call are opened, not an object in a path.
    const open = last instanceof Members && last.size > 0;
    if (holds(around, length(joined(list))) || (open && around.before + ahead < WIDTH)) {
      return [...joined(others), ['', others.length ? ', ' : ''], ...write(last, { ...around, before: around.before + ahead })];
    }
    const each = list.flatMap((item) => /** @type {Token[]} */ ([['', '\n  '], ...write(item, { depth: 1, before: 2, after: 1 }), ['', ',']]));
    return [...each, ['', '\n']];
  };

  /** The one object of all that is not in the path. */
  class Members extends Map {}

  /** What is imported. @param {any} facts @param {boolean} opens */
  const imports = (facts, opens) => {
    const names = [facts.class, ...(facts.download ? ['Download'] : []), ...(opens ? ['fileFromPath'] : [])];
    const line = names.join(', ');
    return line.length + double(facts.package).length + 18 <= 80 ? `{ ${line} }` : `{\n  ${names.join(',\n  ')},\n}`;
  };

  language('javascript', (/** @type {any} */ { marks, facts }, /** @type {any} */ call, /** @type {string} */ base) => {
    let opens = false;
    /** A file; its name is the one that is given, when that is a harmless one. @param {string} wish @param {any} value */
    const open = (wish, value) => {
      opens = true;
      const given = typeof value === 'string' && /^(?!\.)(?=.*\.)[\w.-]{1,60}$/.test(value) && !value.endsWith('.') ? value : wish;
      return new Opened(/^(con|prn|aux|nul|com\d|lpt\d)\./i.test(given) ? `file-${given}` : given);
    };
    const list = facts.path.map((/** @type {any} */ part) => {
      const name = call.operation.parameters?.[part]?.name ?? part;
      return call.given.has(part) ? call.given.get(part) : name;
    });
    const members = new Members();
    for (const [index, name] of facts.members) if (call.given.has(index)) members.set(name, call.given.get(index));
    const { body, form, formIndex } = call;
    if (facts.body?.sent && body !== undefined) {
      const files = new Map(facts.body.files[formIndex]);
      /** @param {any} value @param {any} stem @returns {any} */
      const upload = (value, stem) => (Array.isArray(value) ? value.map((item, index) => upload(item, `${stem}-${index + 1}`)) : open(`${stem}.bin`, value));
      const sent = (/** @type {string} */ name, /** @type {any} */ value) => (files.has(name) ? upload(value, files.get(name)) : value);
      if (facts.body.members && body instanceof Map && !formIndex) {
        const keys = new Map(facts.body.members);
        for (const [name, value] of body) members.set(keys.get(name) ?? name, sent(name, value));
      } else if (!facts.body.members || formIndex) {
        const file = form.kind === 'binary' && facts.body.names[formIndex];
        const inParts = form.kind === 'multipart' && body instanceof Map;
        members.set(facts.body.key, file ? open(file, body) : inParts ? new Map([...body].map(([name, value]) => [name, sent(name, value)])) : body);
      }
    }
    if (members.size) list.push(members);
    // Another form than the preferred one is asked for by its name.
    if (formIndex && body !== undefined) list.push(new Members([['contentType', form.type]]));
    const before = marks[4] - base.lastIndexOf('\n', marks[4] - 1) - 1;
    const end = base.indexOf('\n', marks[5]);
    const after = (end < 0 ? base.length : end) - marks[5];
    const server = call.server === null ? [] : write(new Map([['baseUrl', call.server]]), { depth: 0, before: 20 + facts.class.length, after: 2 });
    const tokens = written(list, { depth: 0, before, after });
    return [
      [marks[0], marks[1], [['v', imports(facts, opens)]]],
      [marks[2], marks[3], server],
      [marks[4], marks[5], tokens],
    ];
  });
}
