// @ts-check
'use strict';

/*
 * How a reader shows who they are. What they type stays in the fields of the page: it is written into the one request that
 * they send, and nowhere else: not into code, an address or the browser's storage. It is gone with the page.
 */
{
  /** @typedef {{name: string, kind: string, in?: string, key?: string, token?: boolean}} Scheme */

  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;

  /** @param {string} label @param {string} name @param {boolean} isSecret */
  const secret = (label, name, isSecret) => {
    const { make } = own;
    const id = `_console-secret-${name}`.replace(/[^\w-]/g, '_');
    const input = make('input', 'console-input', { id, type: isSecret ? 'password' : 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', dir: 'ltr' });
    const field = make('div', 'console-field', {}, make('label', 'console-label', { for: id }, label), input);
    if (!isSecret) return { input, field };
    const button = make('button', 'console-reveal', { type: 'button', 'aria-pressed': 'false', 'aria-controls': id }, say('console-show'));
    button.addEventListener('click', () => {
      const shown = input.type === 'password';
      input.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
      button.textContent = say(shown ? 'console-hide' : 'console-show');
    });
    field.append(make('div', 'console-secret', {}, input, button));
    return { input, field };
  };

  /** The fields of a scheme, and what they add to a request. @param {Scheme} scheme */
  const fieldsOf = (scheme) => {
    const { make } = own;
    const note = (/** @type {string} */ text) => make('p', 'console-note', {}, text);
    const key = scheme.key ?? '';
    if (scheme.kind === 'mutualTls') return { elements: [note(say('console-certificate'))], add: () => {} };
    if (scheme.kind === 'apiKey' && scheme.in === 'cookie') return { elements: [note(say('console-no-cookies', { name: key }))], add: () => {} };
    if (scheme.kind === 'basic') {
      const user = secret(say('console-user'), `${scheme.name}-user`, false);
      const password = secret(say('console-password'), `${scheme.name}-password`, true);
      return {
        elements: [user.field, password.field],
        add: (/** @type {any} */ request) => {
          if (user.input.value || password.input.value) request.headers.push(['Authorization', `Basic ${btoa(own.bytes(`${user.input.value}:${password.input.value}`))}`]);
        },
      };
    }
    const labels = /** @type {Record<string, string>} */ ({ apiKey: key, bearer: say('console-token'), http: 'Authorization' });
    const { input, field } = secret(labels[scheme.kind], scheme.name, true);
    if (scheme.kind === 'http') input.placeholder = `${key} …`;
    return {
      elements: scheme.token ? [field, note(say('console-token-note'))] : [field],
      add: (/** @type {any} */ request) => {
        const value = input.value.trim();
        if (!value) return;
        if (scheme.kind === 'apiKey' && scheme.in === 'query') request.query.push(`${own.encode(key)}=${own.encode(value)}`);
        else if (scheme.kind === 'apiKey') request.headers.push([key, value]);
        else request.headers.push(['Authorization', scheme.kind === 'bearer' ? `Bearer ${value.replace(/^bearer\s+/i, '')}` : value]);
      },
    };
  };

  /** @param {Scheme[][]} choices @param {string} [link] the page about authentication */
  own.credentials = (choices, link) => {
    const { make } = own;
    const needed = choices.filter((choice) => choice.length);
    if (!needed.length) return { element: make('div'), add: () => {} };
    const parts = needed.map((choice) => choice.map(fieldsOf));
    const groups = parts.map((part) => make('div', 'console-fields', {}, ...part.flatMap(({ elements }) => elements)));
    const select = make('select', 'console-input console-words', { id: '_console-scheme' });
    needed.forEach((choice, index) => select.append(make('option', '', { value: index, dir: 'auto' }, choice.map(({ name }) => name).join(' + '))));
    const show = () => groups.forEach((group, index) => (group.hidden = index !== Number(select.value)));
    select.addEventListener('change', show);
    show();
    const chooser = make('div', 'console-field', {}, make('label', 'console-label', { for: select.id }, say('console-scheme')), select);
    const note = make('p', 'console-note', {}, say('console-in-memory'));
    if (link) note.append(' ', make('a', '', { href: link }, say('console-about-credentials')));
    return {
      element: make('div', 'console-fields', {}, ...(needed.length > 1 ? [chooser] : []), ...groups, note),
      /** @param {{headers: [string, string][], query: string[]}} request */
      add: (request) => parts[Number(select.value)].forEach((part) => part.add(request)),
    };
  };
}
