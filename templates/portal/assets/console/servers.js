// @ts-check
'use strict';

/* Where a request goes: a server of the document with its variables, the preview's mock, or a URL that the reader gives. */
{
  /** @typedef {{url: string, note?: string, added?: string, variables?: {name: string, default: string, values?: string[]}[]}} Server */

  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;
  const OTHER = 'other';

  /** Whether the page's policy lets a request go there. @param {URL} url */
  const isAllowed = (url) => {
    if (url.origin === location.origin) return true;
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    const sources = /connect-src ([^;]*)/.exec(policy)?.[1].split(' ') ?? [];
    return sources.some((source) => {
      const found = /^(https?:)\/\/(\*\.)?([^:]+)(?::(\d+|\*))?$/.exec(source);
      if (!found) return false;
      const [, scheme, below, host, port] = found;
      const hosts = below ? url.hostname.endsWith(`.${host}`) : url.hostname === host;
      return hosts && url.protocol === scheme && (port === '*' || (port ?? '') === url.port);
    });
  };

  /** Without what a path cannot be put behind. @param {URL} url */
  const whole = ({ origin, pathname }) => origin + pathname.replace(/\/+$/, '');

  /** @param {Server[]} servers */
  own.servers = (servers) => {
    const { make } = own;
    const select = make('select', 'console-input console-words', { id: '_console-server' });
    servers.forEach((server, index) => {
      const words = server.added === 'mock' ? say('console-mock') : server.note ? `${server.url} (${server.note})` : server.url;
      select.append(make('option', '', { value: index, dir: 'auto' }, words));
    });
    select.append(make('option', '', { value: OTHER }, say('console-other-server')));
    const variables = make('div', 'console-fields');
    const element = make('div', 'console-fields', {}, make('div', 'console-field', {}, make('label', 'visually-hidden', { for: select.id }, say('console-server')), select), variables);
    /** @type {{name: string, field: any}[]} */
    let fields = [];
    const draw = () => {
      const server = servers[select.value];
      const given = server ? (server.variables ?? []) : [{ name: 'URL', default: '' }];
      fields = given.map((/** @type {any} */ variable) => {
        const values = variable.values?.map((/** @type {string} */ value) => JSON.stringify(value));
        const field = own.field({ name: variable.name, required: !server, control: { type: 'string', values } });
        field.set(variable.default);
        if (!server) field.input.placeholder = 'https://';
        return { name: variable.name, field };
      });
      variables.replaceChildren(...fields.map(({ field }) => field.element));
    };
    select.addEventListener('change', draw);
    draw();
    /** The server's URL as it is given. */
    const raw = () => {
      const server = servers[select.value];
      if (!server) return String(fields[0].field.read().value ?? '');
      return fields.reduce((url, { name, field }) => url.replaceAll(`{${name}}`, () => String(field.read().value ?? '')), server.url);
    };
    // What samples call when nothing is said.
    const first = servers.findIndex((server) => !server.added);
    const usual = first < 0 ? undefined : (servers[first].variables ?? []).reduce((url, { name, default: value }) => url.replaceAll(`{${name}}`, () => value), servers[first].url);
    return {
      element,
      /** Without a final slash, and whole; the reason where nothing can be sent there. @returns {{url: string, wrong?: string}} */
      read() {
        const given = raw().trim();
        try {
          const url = new URL(given || 'about:blank', location.href);
          const shown = whole(url);
          const isWeb = /^https?:$/.test(url.protocol);
          if (!given || !isWeb || url.username || url.password) {
            const wrong = say(location.protocol === 'file:' && !/^\w+:/.test(given) ? 'console-relative-server' : 'console-no-url');
            if (!servers[select.value]) fields[0].field.show(given ? wrong : say('console-missing'));
            return { url: given, wrong };
          }
          if (!isAllowed(url)) return { url: shown, wrong: say('console-not-allowed', { host: url.origin }) };
          if (location.protocol === 'https:' && url.protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(url.hostname)) return { url: shown, wrong: say('console-mixed', { host: url.origin }) };
          return { url: shown };
        } catch {
          return { url: given, wrong: say('console-no-url') };
        }
      },
      /** For samples: null for the server that they call by themselves. */
      chosen() {
        const given = raw();
        if (servers[select.value] && !servers[select.value].added && given === usual) return null;
        try {
          return whole(new URL(given, location.href));
        } catch {
          return given;
        }
      },
    };
  };
}
