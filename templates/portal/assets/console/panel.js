// @ts-check
'use strict';

/*
 * The console of an operation: a dialog with the request at one side, its answer and the same call as code at the other.
 * A request is sent when the reader says so, from the browser and to the server that they see, without cookies.
 */
{
  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;

  /** Headers that a browser writes itself (Fetch, 2.2.2), and keeps scripts from writing. */
  const FORBIDDEN = /^(accept-(charset|encoding)|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;
  const PLACES = ['path', 'query', 'querystring', 'header', 'cookie'];

  /** The first words of a description, where the page has it. @param {string} place @param {string} name */
  own.hint = (place, name) => {
    const row = document.getElementById(`${place}.${name.replace(/[^\p{L}\p{N}_.-]/gu, '-')}`);
    const text = row?.querySelector(':scope > .row-docs')?.textContent?.trim() ?? '';
    const first = text.split(/(?<=[.!?])\s|\n/)[0];
    return first.length > 140 ? `${first.slice(0, 139)}…` : first;
  };

  /** @param {string} title @param {...Node} inside */
  const section = (title, ...inside) => own.make('fieldset', 'console-section', {}, own.make('legend', '', {}, title), ...inside);

  /** The samples of the page as tabs, each with a function that writes it anew. @param {any} operation */
  const samples = (operation) => {
    const { make } = own;
    const page = document.querySelector('.aside code-tabs');
    const tabs = make('fieldset', 'tabs', {}, make('legend', 'visually-hidden', {}, say('console-code')));
    /** @type {((call: any) => void)[]} */
    const list = [];
    for (const sample of operation.samples) {
      const input = [...(page?.querySelectorAll('input') ?? [])].find((input) => input.value === sample.name);
      const code = input?.parentElement?.nextElementSibling?.querySelector('code');
      if (!input || !code || !own.languages.has(sample.name)) continue;
      const tokens = [...code.childNodes].map((node) => /** @type {[string, string]} */ ([node instanceof Element ? node.className : '', node.textContent ?? '']));
      const place = make('code', '', { dir: 'ltr' });
      const label = make('label', 'tab', {}, make('input', '', { type: 'radio', name: '_console-language', value: sample.name, checked: input.checked || !list.length }), input.parentElement?.textContent?.trim() ?? '');
      tabs.append(label, make('div', 'panel', {}, make('copy-button'), make('pre', '', { tabindex: '0' }, place)));
      list.push((/** @type {any} */ call) => {
        const written = own.rewrite(sample, tokens, call);
        place.replaceChildren(...written.map((/** @type {[string, string]} */ [name, text]) => (name ? make('span', name, {}, text) : text)));
      });
    }
    const element = make('code-tabs', 'code', {}, tabs);
    return { element: list.length ? element : make('div'), write: (/** @type {any} */ call) => list.forEach((write) => write(call)) };
  };

  /** Why no answer could be read, in words. @param {any} error @param {{method: string, url: string}} request @returns {[string, string?]} */
  const explained = (error, { method, url }) => {
    if (error?.name === 'AbortError') return [say('console-stopped')];
    if (/^(connect|trace|track)$/i.test(method)) return [say('console-refused-method', { method })];
    if (!navigator.onLine) return [say('console-offline')];
    return [say('console-no-answer', { host: new URL(url).host }), say('console-no-answer-advice')];
  };

  /** @param {any} operation @param {HTMLElement} host */
  own.open = (operation, host) => {
    const { make } = own;
    const parameters = operation.parameters ?? [];
    const fields = parameters.map((/** @type {any} */ parameter) => own.field({ ...parameter, hint: own.hint(parameter.in, parameter.name) }));
    const server = own.servers(operation.servers);
    const credentials = own.credentials(operation.security ?? [], host.dataset.authentication);
    const body = own.bodyOf(operation);
    const answer = own.answer();
    const code = samples(operation);
    const isBodyless = /^(get|head)$/i.test(operation.method);

    const form = make('form', 'console-form', { novalidate: true, autocomplete: 'off' });
    const titled = operation.calls.filter((/** @type {any} */ call) => call.title);
    if (titled.length > 1) {
      const select = make('select', 'console-input console-words', { id: '_console-example' });
      operation.calls.forEach((/** @type {any} */ call, /** @type {number} */ index) => select.append(make('option', '', { value: index }, call.title)));
      select.addEventListener('change', () => fill(operation.calls[select.value]));
      form.append(make('div', 'console-field', {}, make('label', 'console-label', { for: select.id }, say('console-example')), select));
    }
    form.append(section(say('console-server'), server.element));
    if (operation.security?.some((/** @type {any[]} */ choice) => choice.length)) form.append(section(say('console-credentials'), credentials.element));
    for (const place of PLACES) {
      const inside = fields.filter((/** @type {any} */ field) => field.spec.in === place);
      if (!inside.length) continue;
      const note = place === 'cookie' ? [make('p', 'console-note', {}, say('console-cookies'))] : [];
      form.append(section(say(`console-in-${place}`), make('div', 'console-fields', {}, ...inside.map((/** @type {any} */ field) => field.element), ...note)));
    }
    if (body) form.append(section(say('console-body'), ...(isBodyless ? [make('p', 'console-note', {}, say('console-bodyless', { method: operation.method }))] : []), body.element));

    const line = make('code', 'console-url', { dir: 'ltr' });
    const send = make('button', 'console-send', { type: 'submit' }, say('console-send'));
    const close = make('button', 'icon-button', { type: 'button', 'aria-label': say('close') }, '✕');
    const title = make('h2', 'console-title', { id: '_console-title', tabindex: '-1' }, operation.title);
    const bar = make('div', 'console-bar', {}, make('span', 'method', { 'data-method': operation.method }, operation.method), line, send);
    const side = make('div', 'console-side', {}, make('h3', 'console-heading', {}, say('console-response')), answer.element, make('h3', 'console-heading', {}, say('console-code')), code.element);
    const dialog = make('dialog', 'console', { 'aria-labelledby': title.id }, make('div', 'console-head', {}, title, close), bar, make('div', 'console-columns', {}, form, side));
    form.id = '_console-form';
    send.setAttribute('form', form.id);

    /** What has been given, in the order of the document. */
    const given = () => {
      /** @type {Map<number, any>} */
      const map = new Map();
      fields.forEach((/** @type {any} */ field, /** @type {number} */ index) => {
        const { value } = field.read();
        if (value !== undefined) map.set(index, value);
      });
      return map;
    };

    /** Writes the code and the line anew. */
    const update = () => {
      const values = given();
      const { value, form: chosen, formIndex } = body?.read(true) ?? {};
      line.textContent = server.read().url + own.target(operation, values);
      code.write({ operation, given: values, form: chosen, formIndex, body: value, server: server.chosen() });
    };

    /** @param {any} call */
    const fill = (call) => {
      const values = new Map(call.arguments);
      fields.forEach((/** @type {any} */ field, /** @type {number} */ index) => {
        const json = values.get(index);
        field.set(json === undefined ? undefined : own.read(json));
        field.show();
      });
      body?.set(call.body);
      update();
    };

    /** Whether the reader has been told what is wrong: who sends once more wants to see what the server says of it. */
    let isTold = false;

    /** The request, or nothing where a value is wrong; then the first one has the focus. */
    const request = () => {
      const sent = body?.read();
      const target = server.read();
      const faults = [...fields.map((/** @type {any} */ field) => field.tell()), ...(sent?.wrong ? [sent] : [])].filter(({ wrong }) => wrong);
      const isSendable = faults.every((fault) => 'value' in fault);
      if (target.wrong || (faults.length && !(isSendable && isTold))) {
        const advice = faults.length && isSendable ? say('console-send-anyway') : undefined;
        answer.fail(faults.length ? say('console-look-again', { count: faults.length }) : target.wrong ?? '', advice);
        form.querySelector('[aria-invalid]')?.focus();
        isTold = true;
        return null;
      }
      const values = given();
      /** @type {{headers: [string, string][], query: string[]}} */
      const secret = { headers: [], query: [] };
      credentials.add(secret);
      const url = target.url + own.target(operation, values);
      const headers = new Headers();
      /** @type {string[]} */
      const unsent = [];
      /** @param {string} name @param {string} value */
      const put = (name, value) => {
        if (FORBIDDEN.test(name)) unsent.push(name);
        else if (/^[!#$%&'*+.^\x60|~\w-]+$/.test(name)) headers.set(name, own.bytes(value));
      };
      if (operation.accept) put('Accept', operation.accept.join(', '));
      for (const [index, value] of values) {
        const parameter = parameters[index];
        const text = parameter.in === 'header' ? own.inHeader(parameter, value) : null;
        if (text !== null) put(parameter.name, text);
      }
      const encoded = sent && 'value' in sent && !isBodyless ? own.body(sent.form, sent) : null;
      if (encoded) put('Content-Type', encoded.type);
      for (const [name, value] of secret.headers) put(name, value.replace(/\p{Cc}/gu, ''));
      const query = secret.query.join('&');
      return { url: query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url, method: operation.method, headers, body: encoded?.content, unsent };
    };

    /** @type {AbortController | null} */
    let running = null;
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (running) return running.abort();
      const asked = request();
      if (!asked) return;
      const { url, method, headers, body: content, unsent } = asked;
      const controller = (running = new AbortController());
      send.textContent = say('console-stop');
      answer.wait();
      side.scrollIntoView({ block: 'start' });
      const started = performance.now();
      try {
        const response = await fetch(url, { method, headers, body: content, signal: controller.signal, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
        await answer.show(response, started);
        if (unsent.length) answer.element.append(make('p', 'console-note', {}, say('console-unsent', { names: unsent.join(', ') })));
      } catch (error) {
        answer.fail(...explained(error, asked));
      }
      running = null;
      send.textContent = say('console-send');
    });

    let isWaiting = false;
    const soon = () => {
      isTold = false;
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        update();
      });
    };
    form.addEventListener('input', soon);
    form.addEventListener('change', soon);
    dialog.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    close.addEventListener('click', () => dialog.close());
    document.body.append(dialog);
    fill(operation.calls[0]);
    return {
      show() {
        dialog.showModal();
        title.focus();
      },
    };
  };
}
