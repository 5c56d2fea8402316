// @ts-check
'use strict';

/*
 * Values -> a request, by OpenAPI's table of styles (OpenAPI 3.0.4, 4.8.12.3). tests/fixtures/parameter-styles.json is the
 * table that the SDKs of all languages are held to, and this as well. Null is not sent (RFC 6570, 2.3), but in JSON.
 */
{
  /** @typedef {{name: string, in: string, style?: string, explode?: boolean, reserved?: boolean, content?: string}} Parameter */
  /** @typedef {(text: string) => string} Encode */

  const own = /** @type {any} */ (globalThis).portolan.console;
  const { write, plain } = own;

  /** The reserved characters that may stand in a value, save those with a meaning there (RFC 3986, 3.3 and 3.4). */
  const KEPT = { path: ":@!$&'()*+,;=", query: "/:?@!$'()*,;=" };
  const SEPARATORS = /** @type {Record<string, string>} */ ({ spaceDelimited: '%20', pipeDelimited: '%7C' });

  /** All but RFC 3986's unreserved characters, percent-encoded. @type {Encode} */
  const encode = (text) =>
    encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

  /** The same, but these characters and what is encoded already stay. @param {string} text @param {string} keep */
  const encodeExcept = (text, keep) =>
    text.replace(/%[\da-f]{2}|[^]/giu, (piece) => (piece.length === 3 || keep.includes(piece) ? piece : encode(piece)));

  /** The text of a path template between its parameters; a fragment is never sent. @param {string} text */
  const literal = (text) => encodeExcept(text.split('#')[0], "/:?@!$&'()*+,;=");

  /** @param {Parameter} parameter @returns {Encode} */
  const encoder = ({ reserved, in: place }) => (reserved ? (text) => encodeExcept(text, place === 'path' ? KEPT.path : KEPT.query) : encode);

  /** Items and members as keys and texts. @param {any} value @param {Encode} encoded @returns {[string | null, string][]} */
  const parts = (value, encoded) => {
    if (value === null) return [];
    if (Array.isArray(value)) return value.filter((item) => item !== null).map((item) => [null, encoded(plain(item))]);
    if (value instanceof Map) return [...value].filter(([, member]) => member !== null).map(([key, member]) => [encoded(key), encoded(plain(member))]);
    return [[null, encoded(plain(value))]];
  };

  /** @param {[string | null, string][]} list @param {string} pair @param {string} separator */
  const join = (list, pair, separator) => list.map(([key, text]) => (key === null ? text : key + pair + text)).join(separator);

  /** In a path; null where it would lead to another one. @param {Parameter} parameter @param {any} value */
  const inPath = (parameter, value) => {
    const encoded = encoder(parameter);
    if (parameter.content) return encoded(write(value));
    const { style, explode } = parameter;
    const list = parts(value, encoded);
    const pair = explode ? '=' : ',';
    /** @param {string} key @param {string} text */
    const named = (key, text) => (text ? `;${key}=${text}` : `;${key}`);
    let text = join(list, pair, ',');
    if (style === 'label') text = `.${join(list, pair, explode ? '.' : ',')}`;
    else if (style === 'matrix' && explode) text = list.map(([key, item]) => named(key ?? encode(parameter.name), item)).join('');
    else if (style === 'matrix') text = named(encode(parameter.name), join(list, ',', ','));
    return ['', '.', '..'].includes(text) ? null : text;
  };

  /** Pieces of a query. @param {Parameter} parameter @param {any} value @returns {string[]} */
  const inQuery = (parameter, value) => {
    const encoded = encoder(parameter);
    const name = encode(parameter.name);
    const { style = 'form', explode, content } = parameter;
    if (content) return [`${name}=${encoded(content.includes('json') ? write(value) : plain(value))}`];
    if (style === 'deepObject') return deep(name, value).map(([key, text]) => `${key}=${encoded(text)}`);
    const list = parts(value, encoded);
    if (!list.length) return [];
    if (explode && typeof value === 'object') return list.map(([key, text]) => `${key ?? name}=${text}`);
    const separator = SEPARATORS[style] ?? ',';
    return [`${name}=${join(list, separator, separator)}`];
  };

  /** `name[a][b]` and the text for every leaf; a list of scalars repeats the name, other lists count. @param {string} name @param {any} value @returns {[string, string][]} */
  const deep = (name, value) => {
    if (value === null) return [];
    if (value instanceof Map) return [...value].flatMap(([key, member]) => deep(`${name}%5B${encode(key)}%5D`, member));
    if (!Array.isArray(value)) return [[name, plain(value)]];
    const items = value.filter((item) => item !== null);
    const counts = items.some((item) => Array.isArray(item) || item instanceof Map);
    return items.flatMap((item, index) => deep(counts ? `${name}%5B${index}%5D` : name, item));
  };

  /** The whole query: text as it is, an object as a form or as JSON. @param {Parameter} parameter @param {any} value @returns {string[]} */
  const wholeQuery = (parameter, value) => {
    if (parameter.content?.includes('json')) return [encode(write(value))];
    if (value instanceof Map) return parts(value, encode).map(([key, text]) => `${key}=${text}`);
    return [encodeExcept(plain(value), "/:?@!$&'()*+,;=")];
  };

  /** A header's value; null when there is none to send. @param {Parameter} parameter @param {any} value */
  const inHeader = (parameter, value) => {
    const list = parts(value, (text) => text);
    if (!parameter.content && !list.length) return null;
    const text = parameter.content ? write(value) : join(list, parameter.explode ? '=' : ',', ',');
    return text.replace(/\p{Cc}/gu, '');
  };

  /** Pieces of the Cookie header. @param {Parameter} parameter @param {any} value @returns {string[]} */
  const inCookie = ({ name, style, explode, content }, value) => {
    if (content) return [`${name}=${encode(write(value))}`];
    const list = parts(value, style === 'cookie' ? (text) => text : encode);
    if (!list.length) return [];
    if (explode && typeof value === 'object') return list.map(([key, text]) => `${key ?? name}=${text}`);
    return [`${name}=${join(list, ',', ',')}`];
  };

  /** What stands in a URL behind the server; null when a parameter of the path is missing. @param {any} operation @param {Map<number, any>} given by the place of the parameter */
  const target = (operation, given) => {
    let path = '';
    for (const [index, part] of operation.path.entries()) {
      if (index % 2 === 0) path += literal(part);
      else {
        const place = operation.parameters?.findIndex((/** @type {Parameter} */ it) => it.in === 'path' && it.name === part) ?? -1;
        const text = given.has(place) ? inPath(operation.parameters[place], given.get(place)) : null;
        path += text ?? `{${part}}`;
      }
    }
    const query = [...given].flatMap(([place, value]) => {
      const parameter = operation.parameters[place];
      if (parameter.in === 'query') return inQuery(parameter, value);
      return parameter.in === 'querystring' ? wholeQuery(parameter, value) : [];
    });
    return query.length ? `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}` : path;
  };

  /** What `fetch` takes in a header: a character for each byte. @param {string} text */
  const bytes = (text) => String.fromCharCode(...new TextEncoder().encode(text));

  /** A form: each member by its own style, else lists repeat the name and objects are JSON. @param {any} form @param {Map<string, any>} members */
  const formBody = (form, members) =>
    [...members]
      .flatMap(([name, value]) => {
        if (value === null) return [`${encode(name)}=`];
        const how = form.encodings?.find((/** @type {Parameter} */ it) => it.name === name);
        const content = how?.content ?? (!how?.style && value instanceof Map ? 'application/json' : undefined);
        return inQuery({ style: 'form', explode: true, ...how, name, in: 'query', content }, value);
      })
      .join('&')
      .replace(/%20/g, '+');

  /** A multipart body (RFC 7578), written by hand: FormData cannot give a part its media type without calling it a file. @param {any} form @param {Map<string, any>} members @param {string} boundary */
  const multipartBody = (form, members, boundary) => {
    /** @type {(string | Blob)[]} */
    const pieces = [];
    for (const [name, value] of members) {
      const declared = form.encodings?.find((/** @type {Parameter} */ it) => it.name === name)?.type?.split(',')[0].trim();
      const type = declared?.includes('*') ? undefined : declared;
      for (const item of Array.isArray(value) && type !== 'application/json' ? value : [value]) {
        const quoted = name.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
        const isFile = item instanceof File;
        const isData = item instanceof Map || Array.isArray(item);
        const of = type ?? (isFile ? item.type || 'application/octet-stream' : isData ? 'application/json' : undefined);
        const file = isFile ? `; filename="${item.name.replace(/[\r\n"]/g, '_')}"` : '';
        const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted}"${file}\r\n`;
        pieces.push(head, of ? `content-type: ${of.replace(/[^ -~]/g, '')}\r\n\r\n` : '\r\n', isFile ? item : plain(item ?? ''), '\r\n');
      }
    }
    return new Blob([...pieces, `--${boundary}--\r\n`]);
  };

  /** The body and its media type. @param {any} form @param {any} body what `value` and, where a reader wrote it, `text` are */
  const body = (form, { value, text }) => {
    const range = form.type.split(';')[0].includes('*');
    const type = range ? (value instanceof File && value.type) || (form.kind === 'json' ? 'application/json' : 'application/octet-stream') : form.type;
    if (form.kind === 'form') return { type, content: value instanceof Map ? formBody(form, value) : plain(value) };
    if (form.kind === 'multipart') {
      const boundary = `----${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
      return { type: `${type.split(';')[0].trim()}; boundary=${boundary}`, content: multipartBody(form, value, boundary) };
    }
    return { type, content: value instanceof File ? value : (text ?? plain(value)) };
  };

  Object.assign(own, { encode, literal, inPath, inQuery, wholeQuery, inHeader, inCookie, deep, target, bytes, body });
}
