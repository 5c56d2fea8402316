// @ts-check
'use strict';

/* What comes back: status, time, size, headers, and the body as what it is; items of a stream as they come. */
{
  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;

  /** Beyond these characters a body is text without colours, and beyond those it is cut: the whole of it can be saved. */
  const MOST_COLOURED = 200_000;
  const MOST_SHOWN = 1_000_000;
  const MOST_ITEMS = 500;

  /** @param {number} count */
  const size = (count) => {
    const [value, unit] = count < 1000 ? [count, 'byte'] : count < 1e6 ? [count / 1e3, 'kilobyte'] : [count / 1e6, 'megabyte'];
    return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(value);
  };

  /** @param {number} time */
  const duration = (time) => new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumFractionDigits: 0 }).format(time);

  /** What a status is called. @param {Response} response */
  const reason = ({ status, statusText }) => {
    const known = [`status-${status}`, `status-${Math.floor(status / 100)}xx`].find((name) => portolan.words[name]);
    return statusText || (known ? say(known) : '');
  };

  /** A value as code, with the classes that all code has. @param {any} value @param {number} [depth] @returns {(Node | string)[]} */
  const coloured = (value, depth = 0) => {
    const span = (/** @type {string} */ name, /** @type {string} */ text) => own.make('span', name, {}, text);
    if (typeof value === 'string') return [span('s', JSON.stringify(value))];
    if (value === null || typeof value === 'boolean' || value instanceof own.Digits) return [span('n', own.write(value))];
    const isList = Array.isArray(value);
    const [open, close] = isList ? '[]' : '{}';
    const members = isList ? value.map((item) => [null, item]) : [...value];
    if (!members.length) return [open + close];
    const line = `\n${'  '.repeat(depth + 1)}`;
    const inside = members.flatMap(([name, item], index) => [(index ? ',' : '') + line, ...(name === null ? [] : [span('v', JSON.stringify(name)), ': ']), ...coloured(item, depth + 1)]);
    return [open, ...inside, `\n${'  '.repeat(depth)}${close}`];
  };

  /** Text as what it is. @param {string} text @param {string} type @returns {(Node | string)[]} */
  const shown = (text, type) => {
    if (/[/+]json\b/.test(type) && text.length <= MOST_COLOURED) {
      try {
        return coloured(own.read(text));
      } catch {
        // It says that it is JSON and is none: it is shown as it came.
      }
    }
    return [text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n…` : text];
  };

  /** One item of a stream: JSON on its line in colours. @param {string} line @returns {(Node | string)[]} */
  const item = (line) => {
    const [, field, rest] = /^(data: ?)?([{["][^]*)$/.exec(line) ?? [];
    try {
      return rest ? [field ?? '', ...coloured(own.read(rest)), '\n'] : [`${line}\n`];
    } catch {
      return [`${line}\n`];
    }
  };

  own.answer = () => {
    const { make } = own;
    const status = make('p', 'console-status', { role: 'status' }, say('console-nothing-sent'));
    const parts = make('div', 'console-answer');
    /** @type {string | undefined} */
    let address;

    /** A block of code with its media type. @param {string} title @param {HTMLElement} [link] */
    const block = (title, link) => {
      const code = make('code', '', { dir: 'ltr' });
      const head = make('p', 'code-title', {}, title || say('console-body'));
      if (link) head.append(link);
      parts.prepend(make('div', 'code', {}, head, make('copy-button'), make('pre', '', { tabindex: '0' }, code)));
      return code;
    };

    /** A link that saves the body. It never opens: it is bytes to the browser. @param {Blob} blob @param {string} type */
    const save = (blob, type) => {
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
      const ending = /^[\w.-]+\/(?:[\w.-]+\+)?(json|xml|png|jpeg|gif|webp|pdf|zip|csv|html|yaml|plain)\b/.exec(type)?.[1] ?? 'bin';
      return make('a', 'console-save', { href: address, download: `answer.${ending === 'plain' ? 'txt' : ending}` }, say('console-save'));
    };

    /** @param {Blob} blob @param {string} type */
    const body = async (blob, type) => {
      if (!blob.size) return parts.prepend(make('p', 'console-note', {}, say('console-no-content')));
      const link = save(blob, type);
      if (/^image\//.test(type) && blob.size < 4e6) {
        const reader = new FileReader();
        await new Promise((resolve) => {
          reader.addEventListener('load', resolve);
          reader.readAsDataURL(new Blob([blob], { type: type.split(';')[0] }));
        });
        parts.prepend(make('div', 'code', {}, make('p', 'code-title', {}, type, link), make('img', 'console-picture', { src: String(reader.result), alt: say('console-picture') })));
        return;
      }
      const bytes = new Uint8Array(await blob.slice(0, MOST_SHOWN * 4).arrayBuffer());
      try {
        if (bytes.includes(0)) throw new TypeError('not text');
        const text = new TextDecoder('utf-8', { fatal: blob.size <= MOST_SHOWN }).decode(bytes);
        block(type, link).append(...shown(text, type));
      } catch {
        parts.prepend(make('p', 'console-note', {}, say('console-bytes', { type: type || 'application/octet-stream' }), ' ', link));
      }
    };

    /** @param {Response} response */
    const headers = (response) => {
      const list = [...response.headers].map(([name, value]) => make('tr', '', {}, make('th', '', { scope: 'row' }, make('code', '', {}, name)), make('td', '', { dir: 'ltr' }, value)));
      const isForeign = new URL(response.url).origin !== location.origin;
      const table = make('table', 'table', {}, make('tbody', '', {}, ...list));
      const fold = make('details', 'console-headers', {}, make('summary', '', {}, say('console-headers', { count: list.length })), table);
      if (isForeign) fold.append(make('p', 'console-note', {}, say('console-exposed')));
      if (response.redirected) fold.append(make('p', 'console-note', {}, say('console-redirected', { url: response.url })));
      parts.append(fold);
    };

    return {
      element: make('div', 'console-result', {}, status, parts),
      /** A request is on its way. */
      wait() {
        parts.replaceChildren();
        status.replaceChildren(say('console-sending'));
      },
      /** Something keeps it from being sent, or answered. @param {string} text @param {string} [more] */
      fail(text, more) {
        parts.replaceChildren(...(more ? [make('p', 'console-note', {}, more)] : []));
        status.replaceChildren(make('strong', 'console-failed', {}, text));
      },
      /** Shows what comes until all is there. @param {Response} response @param {number} started */
      async show(response, started) {
        const type = response.headers.get('content-type') ?? '';
        const isStream = /^(text\/event-stream|application\/([\w.-]+\+)?(jsonl|x-ndjson|ndjson|jsonlines|x-jsonlines|json-seq|stream\+json|x-json-stream))\b/i.test(type);
        const first = performance.now() - started;
        const badge = make('span', 'status', { 'data-class': String(response.status)[0] }, String(response.status));
        const facts = make('span', 'console-facts');
        const tell = (/** @type {number} */ count, /** @type {number} */ time) => (facts.textContent = `${duration(time)} · ${size(count)}`);
        parts.replaceChildren();
        headers(response);
        status.replaceChildren(badge, ' ', make('span', 'console-reason', {}, reason(response)), ' ', facts);
        tell(0, first);
        facts.title = say('console-first-byte', { time: duration(first) });
        const code = isStream ? block(type) : null;
        const decoder = new TextDecoder();
        const chunks = [];
        let [count, rest, items] = [0, '', 0];
        const reader = response.body?.getReader();
        for (;;) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (done || !value) break;
          chunks.push(value);
          count += value.length;
          tell(count, performance.now() - started);
          if (!code) continue;
          const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n|\u001e/);
          rest = lines.pop() ?? '';
          for (const line of lines) if (items++ < MOST_ITEMS) code.append(...item(line));
          const pre = code.parentElement;
          pre.scrollTop = pre.scrollHeight;
        }
        if (code && rest) code.append(...item(rest));
        const blob = new Blob(/** @type {BlobPart[]} */ (chunks));
        if (code && count) code.closest('.code').querySelector('.code-title').append(save(blob, type));
        else if (!code) await body(blob, type);
      },
    };
  };
}
