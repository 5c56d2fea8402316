// @ts-check
'use strict';

/*
 * Plain `curl`, and the command of the package, with other values than on the page: what `portolan samples` would print for
 * them. The layout is that of targets/src/curl/{sample,example,command}.rs; tests/tests/console.rs compares the two.
 */
{
  /** @typedef {[string, string]} Token a class, and text */

  const { Digits, write: json, plain, encode, inQuery, inHeader, inCookie, deep, target, language } = /** @type {any} */ (globalThis).portolan.console;
  const SEPARATORS = /** @type {Record<string, string>} */ ({ spaceDelimited: ' ', pipeDelimited: '|' });

  /** A word in single quotes: nothing is expanded in it. @param {string} text */
  const word = (text) => `'${text.replace(/\0/g, '\ufffd').replace(/'/g, "'\\''")}'`;

  language('curl', (/** @type {any} */ { marks, facts }, /** @type {any} */ call, /** @type {string} */ base) => {
    const { operation, given, form, body } = call;
    /** @type {Token[]} */
    const head = [['f', 'curl'], ['', ' '], ['v', '--fail-with-body']];
    /** @type {Token[]} */
    const tail = [];
    /** @param {Token[]} to @param {string} name @param {string} value */
    const option = (to, name, value) => to.push(['', ' \\\n  '], ['v', name], ['', ' '], ['s', word(value)]);
    const url = target(operation, given).replace(/\{[^]*?\}/g, 'string');
    if (/[[\]{}]/.test(url)) head.push(['', ' '], ['v', '--globoff']);
    if (operation.method === 'HEAD') head.push(['', ' '], ['v', '--head']);
    else if (operation.method !== 'GET' || body !== undefined) {
      head.push(['', ' '], ['v', '--request'], ['', ' ']);
      head.push(/^[A-Z]*$/.test(operation.method) ? ['', operation.method] : ['s', word(operation.method)]);
    }
    /** @type {string[]} */
    const cookies = [];
    for (const [index, value] of given) {
      const parameter = operation.parameters[index];
      if (parameter.in === 'cookie') cookies.push(...inCookie(parameter, value));
      if (parameter.in !== 'header' || facts.unsent.includes(index)) continue;
      const text = inHeader(parameter, value);
      if (text !== null) option(head, '--header', text ? `${parameter.name}: ${text}` : `${parameter.name};`);
    }
    if (cookies.length) option(head, '--cookie', cookies.join('; '));
    if (body !== undefined) content(facts.forms[call.formIndex], form, body, (name, value) => option(tail, name, value));
    tail.push(['', ' \\\n  '], ['v', '--url'], ['', ' ']);
    const server = call.server ?? facts.server;
    const known = server !== null && /^https?:\/\//i.test(server);
    let rest = known ? server.replace(/\/+$/, '') + url : url;
    if (!known) tail.push(['s', '"'], ['e', `$${facts.variable ?? facts.baseVariable}`], ['s', '"']);
    for (const [name, variable] of facts.late) {
      rest += `${rest.includes('?') ? '&' : '?'}${name}=`;
      tail.push(['s', `${word(rest)}"`], ['e', `$${variable}`], ['s', '"']);
      rest = '';
    }
    if (rest) tail.push(['s', word(rest)]);
    return [
      [0, marks[0], head],
      [marks[1], base.length, tail],
    ];
  });

  /** The options of a body. @param {any} facts @param {any} form @param {any} value @param {(name: string, value: string) => void} option */
  const content = (facts, form, value, option) => {
    if (form.kind === 'form') {
      if (!(value instanceof Map)) return option('--data-raw', plain(value));
      if (!value.size) option('--data-raw', '');
      for (const [name, member] of value) {
        for (const [key, text] of fields(form, name, member)) option('--data-urlencode', `${key}=${text}`);
      }
      return;
    }
    if (form.kind === 'multipart') return parts(facts, value, option);
    option('--header', `Content-Type: ${facts.type}`);
    if (form.kind === 'json') {
      const line = json(value);
      option('--data-raw', new TextEncoder().encode(line).length > 72 ? json(value, '  ') : line);
    } else if (form.kind === 'json_lines') option('--data-raw', (Array.isArray(value) ? value : [value]).map((item) => `${json(item)}\n`).join('') || '\n');
    else if (form.kind === 'binary') option('--data-binary', `@body.${facts.ending}`);
    else option('--data-raw', plain(value));
  };

  /** A member of a form as names and texts. @param {any} form @param {string} name @param {any} value @returns {[string, string][]} */
  const fields = (form, name, value) => {
    const field = encode(name);
    const how = form.encodings?.find((/** @type {any} */ it) => it.name === name && (it.style || it.content));
    const separator = how?.style && !how.explode && how.style !== 'deepObject' ? (SEPARATORS[how.style] ?? ',') : undefined;
    if (Array.isArray(value) && separator !== undefined) return [[field, value.map(plain).join(separator)]];
    if (how) return deep(field, value);
    if (Array.isArray(value)) return value.map((item) => [field, plain(item)]);
    return [[field, value === null ? '' : plain(value)]];
  };

  /** The parts of a multipart body. @param {any} facts @param {any} value @param {(name: string, value: string) => void} option */
  const parts = (facts, value, option) => {
    if (!(value instanceof Map)) return;
    const types = new Map(facts.types);
    for (const [name, member] of value) {
      if (!name || /[=\p{Cc}]/u.test(name)) continue;
      const items = Array.isArray(member) ? member : [member];
      const file = facts.files.find((/** @type {string[]} */ it) => it[0] === name);
      for (const [index, item] of items.entries()) {
        const isData = Array.isArray(item) || item instanceof Map;
        if (file) option('--form', `${name}=@${file[1]}${items.length > 1 ? `-${index + 1}` : ''}.${file[3]};type=${file[2]}`);
        else if (isData || types.has(name)) {
          const type = String(types.get(name) || (isData ? 'application/json' : 'text/plain'));
          const text = type.includes('json') ? json(item) : plain(item);
          option('--form', `${name}="${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}";type=${type}`);
        } else option('--form-string', `${name}=${plain(item)}`);
      }
    }
  };

  /** A text as a person would type it: in quotes only where the shell would read it otherwise. @param {string} text */
  const typed = (text) => (/^[\w./:@%+,-]+$/.test(text) ? text : word(text));

  /** Whether a flag that takes a kind reads the text of a value as the value. @param {string} kind @param {any} value */
  const reads = (kind, value) => {
    if (kind === 'string') return typeof value === 'string';
    if (kind === 'boolean') return typeof value === 'boolean';
    if (kind === 'object') return value instanceof Map;
    if (kind === 'json') return value instanceof Map || value instanceof Digits || typeof value === 'boolean';
    return value instanceof Digits && (kind === 'number' || (kind === 'integer' && /^[\d-]+$/.test(value.text)));
  };

  /** The words of a value by its flag; where its type would read it otherwise, the flag says what it is. @param {[string, string]} flag @param {any} value @returns {string[]} */
  const flagged = ([flag, of], value) => {
    const isList = of.endsWith('[]');
    const kind = isList ? of.slice(0, -2) : of;
    if (value === null) return ['--null', flag];
    if (isList && Array.isArray(value) && value.length && value.every((item) => reads(kind, item))) return value.flatMap((item) => [`--${flag}`, plain(item)]);
    if (!isList && reads(kind, value)) return [`--${flag}`, plain(value)];
    if (!isList && typeof value === 'string') return [`--${flag}:string`, value];
    return [`--${flag}:json`, json(value)];
  };

  language('bash', (/** @type {any} */ { facts }, /** @type {any} */ call, /** @type {string} */ base) => {
    const { operation, given, form, formIndex, body } = call;
    /** @type {string[]} */
    const words = [];
    let byPlace = true;
    for (const name of facts.path) {
      const index = operation.parameters?.findIndex((/** @type {any} */ it) => it.in === 'path' && it.name === name) ?? -1;
      if (!given.has(index)) {
        byPlace = false;
        continue;
      }
      if (!facts.flags[index]) continue;
      const value = given.get(index);
      const isPlain = value !== null && !Array.isArray(value) && !(value instanceof Map);
      const text = plain(value);
      byPlace &&= isPlain && text !== '' && !text.startsWith('-');
      words.push(...(byPlace ? [text] : flagged(facts.flags[index], value)));
    }
    for (const [index, value] of given) {
      if (operation.parameters[index].in !== 'path' && facts.flags[index]) words.push(...flagged(facts.flags[index], value));
    }
    if (body !== undefined) {
      const [type, ending] = facts.types[formIndex];
      if (formIndex > 0) words.push('--content-type', type);
      const members = new Map(facts.members.map((/** @type {any[]} */ it) => [it[0], it]));
      const inParts = form.kind === 'form' || form.kind === 'multipart';
      // JSON is typed as a whole where it has other members; of a form a member that the document does not know has a flag too.
      const hasFlag = (/** @type {string} */ name) => (members.has(name) ? inParts || !members.get(name)[1][1].startsWith('file') : inParts && name !== '' && !name.includes('='));
      const isMap = body instanceof Map;
      if (isMap && !body.size && inParts && !operation.bodyRequired) {
        // Of an optional form without members nothing is left.
      } else if (isMap && !body.size && form.kind === 'form') words.push('--body-text', '');
      else if (isMap && body.size && (inParts || form.kind === 'json') && [...body.keys()].every(hasFlag)) {
        for (const [name, value] of body) {
          const [, flag, file] = members.get(name) ?? [];
          if (!flag) words.push('--extra-body', `${name}=${json(value)}`);
          else if (!file) words.push(...flagged(flag, value));
          else if (Array.isArray(value)) value.forEach((_, index) => words.push(`--${flag[0]}`, `./${file}-${index + 1}`));
          else words.push(`--${flag[0]}`, `./${file}`);
        }
      } else if (form.kind === 'json') words.push('--json', json(body));
      else if (form.kind === 'text') words.push('--body-text', plain(body));
      else words.push('--body-file', form.kind === 'json_lines' ? './items.jsonl' : `./file.${ending}`);
    }
    const list = words.map(typed);
    if (call.server !== null) list.push('--base-url', typed(call.server));
    const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;
    const broken = facts.name.length + 1 + facts.words.length + list.reduce((sum, part) => sum + bytes(part) + 1, 0) > 80;
    /** @type {Token[]} */
    const tokens = [['f', facts.name], ['', ' '], ['v', facts.words]];
    for (const part of list) {
      const isOption = part.startsWith('--');
      tokens.push(['', broken && isOption ? ' \\\n  ' : ' '], [isOption ? 'v' : 's', part]);
    }
    return [[0, base.length, tokens]];
  });
}
