// @ts-check
'use strict';

/*
 * Search: the dialog (`/` or Ctrl-K on every page) and the page of results (`/search/?q=`). Both show the same list; the
 * reader of the index is fetched when somebody begins to search. Without a script the button is a link to an index of the
 * portal.
 */
{
  /** @typedef {{title: string, kind: string, address: string, api: string, method: string, path: string, summary: string, deprecated: boolean}} Hit */
  /** @typedef {{search: (text: string, options: {limit: number}) => Promise<{hits: Hit[], total: number}>}} Reader */

  const { say } = /** @type {any} */ (globalThis).portolan;
  const RECENT = 'recent-searches';

  /** @type {Promise<Reader> | undefined} */
  let opened;

  /** The reader of the index, fetched once. @param {HTMLElement} element @returns {Promise<Reader>} */
  const reader = (element) => {
    opened ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = element.dataset.reader ?? '';
      script.addEventListener('load', () => {
        const search = /** @type {any} */ (globalThis).portolan.search;
        search.open(element.dataset.index).then(resolve, reject);
      });
      script.addEventListener('error', () => reject(new Error('the index cannot be read')));
      document.head.append(script);
    });
    opened.catch(() => (opened = undefined));
    return opened;
  };

  /** @param {string} tag @param {string} [name] @param {string} [text] */
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  /** @param {Hit} hit @param {string} root */
  const link = (hit, root) => {
    const [path, anchor] = hit.address.split('#');
    const file = location.protocol === 'file:' ? 'index.html' : '';
    return `${root}${path.split('/').map(encodeURIComponent).join('/')}${file}${anchor ? `#${anchor}` : ''}`;
  };

  /** @param {Hit} hit @param {string} root @param {string} id @param {string} text */
  const row = (hit, root, id, text) => {
    const result = /** @type {HTMLAnchorElement} */ (make('a', 'result'));
    result.href = link(hit, root);
    result.id = id;
    result.setAttribute('role', 'option');
    if (hit.method) {
      const method = make('span', 'method', hit.method);
      method.dataset.method = hit.method;
      result.append(method);
    } else {
      result.append(make('span', 'result-kind', say(`kind-${hit.kind}`)));
    }
    const title = make('span', 'result-title');
    mark(title, hit.title, text);
    result.append(title, make('span', 'result-api', hit.api));
    const note = hit.path || hit.summary;
    if (note) result.append(make('span', hit.path ? 'result-note result-path' : 'result-note', note));
    if (hit.deprecated) title.append(' ', make('small', 'result-old', say('deprecated')));
    result.addEventListener('click', () => remember(text));
    return result;
  };

  /** Marks the words that were asked for. @param {HTMLElement} element @param {string} title @param {string} text */
  const mark = (element, title, text) => {
    const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
    for (const piece of title.split(/([^\p{L}\p{N}]+)/u)) {
      const lower = piece.toLowerCase();
      const word = words.find((word) => lower.startsWith(word));
      if (!word) {
        element.append(piece);
        continue;
      }
      element.append(make('mark', '', piece.slice(0, word.length)), piece.slice(word.length));
    }
  };

  /** @returns {string[]} */
  const recent = () => {
    try {
      const list = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
      return Array.isArray(list) ? list.filter((text) => typeof text === 'string').slice(0, 5) : [];
    } catch {
      return [];
    }
  };

  /** @param {string} text */
  const remember = (text) => {
    const list = [text.trim(), ...recent().filter((other) => other !== text.trim())].filter(Boolean);
    try {
      localStorage.setItem(RECENT, JSON.stringify(list.slice(0, 5)));
    } catch {
      // Storage is refused: nothing is remembered.
    }
  };

  /** A field with its list of results, for the dialog and for the page. */
  class Box {
    /** @param {HTMLElement} host @param {number} limit */
    constructor(host, limit) {
      this.host = host;
      this.limit = limit;
      this.root = host.dataset.root ?? '';
      this.chosen = -1;
      this.asked = '';
      this.input = /** @type {HTMLInputElement} */ (make('input'));
      this.input.type = 'search';
      this.input.placeholder = say('prompt');
      this.input.autocomplete = 'off';
      this.input.spellcheck = false;
      for (const [name, value] of [['role', 'combobox'], ['aria-label', say('search')], ['aria-expanded', 'true'], ['aria-controls', `results-${limit}`], ['aria-autocomplete', 'list']]) this.input.setAttribute(name, value);
      this.list = make('div', 'results');
      this.list.id = `results-${limit}`;
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', say('results'));
      this.empty = make('div', 'search-empty');
      this.status = make('p', 'search-status');
      this.status.setAttribute('role', 'status');
      this.field = make('div', 'search-field');
      const icon = document.querySelector('.search-button svg');
      if (icon) this.field.append(icon.cloneNode(true));
      this.field.append(this.input);
      this.input.addEventListener('input', () => this.ask());
      this.input.addEventListener('keydown', (event) => this.key(event));
      this.input.addEventListener('focus', () => reader(host).catch(() => {}), { once: true });
    }

    get parts() {
      return [this.field, this.list, this.empty, this.status];
    }

    async ask() {
      const text = this.input.value.trim();
      this.asked = text;
      if (!text) {
        this.rest();
        return;
      }
      try {
        const { hits, total } = await (await reader(this.host)).search(text, { limit: this.limit });
        if (this.asked === text) this.show(hits, total, text);
      } catch {
        this.list.replaceChildren();
        this.empty.replaceChildren(make('strong', '', say('index-lost')), say('index-lost-advice'));
      }
    }

    /** Before anything is asked. */
    rest() {
      this.list.replaceChildren();
      this.choose(-1);
      this.status.textContent = '';
      this.empty.replaceChildren();
      for (const text of recent()) {
        const again = make('button', 'chip', text);
        again.addEventListener('click', () => {
          this.input.value = text;
          this.input.focus();
          this.ask();
        });
        this.empty.append(again);
      }
      if (!this.empty.firstChild) this.empty.append(say('search-advice'));
    }

    /** @param {Hit[]} hits @param {number} total @param {string} text */
    show(hits, total, text) {
      this.list.replaceChildren(...hits.map((hit, index) => row(hit, this.root, `${this.list.id}-${index}`, text)));
      this.empty.replaceChildren();
      if (!hits.length) this.empty.append(make('strong', '', say('no-results-for', { text })), say('no-results-advice'));
      this.status.textContent = hits.length ? say('result-count', { count: total }) : say('no-results');
      this.choose(hits.length ? 0 : -1);
    }

    /** @param {number} index */
    choose(index) {
      const rows = [...this.list.children];
      this.chosen = rows.length ? Math.max(0, Math.min(index, rows.length - 1)) : -1;
      rows.forEach((row, at) => row.setAttribute('aria-selected', String(at === this.chosen)));
      const row = rows[this.chosen];
      row?.scrollIntoView({ block: 'nearest' });
      if (row) this.input.setAttribute('aria-activedescendant', row.id);
      else this.input.removeAttribute('aria-activedescendant');
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        this.choose(this.chosen + (event.key === 'ArrowDown' ? 1 : -1));
      } else if (event.key === 'Enter') {
        /** @type {HTMLElement | undefined} */ (this.list.children[this.chosen])?.click();
      }
    }
  }

  class ApiSearch extends HTMLElement {
    connectedCallback() {
      const dialog = /** @type {HTMLDialogElement} */ (make('dialog', 'search-dialog'));
      dialog.setAttribute('aria-label', say('search'));
      const box = new Box(this, 12);
      dialog.append(...box.parts);
      const open = () => {
        if (!dialog.isConnected) document.body.append(dialog);
        if (!dialog.open) dialog.showModal();
        box.input.select();
        box.ask();
      };
      dialog.addEventListener('click', (event) => {
        if (event.target === dialog) dialog.close();
      });
      document.addEventListener('click', (event) => {
        const button = /** @type {Element} */ (event.target).closest('.search-button');
        if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open();
      });
      document.addEventListener('keydown', (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
        const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
        const k = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
        if (!slash && !k) return;
        event.preventDefault();
        open();
      });
    }
  }
  customElements.define('api-search', ApiSearch);

  class SearchResults extends HTMLElement {
    connectedCallback() {
      const box = new Box(this, 50);
      box.input.value = new URLSearchParams(location.search).get('q') ?? '';
      this.prepend(...box.parts);
      box.input.addEventListener('input', () => {
        const text = box.input.value.trim();
        history.replaceState(null, '', text ? `?q=${encodeURIComponent(text)}` : location.pathname);
        this.toggleAttribute('data-asked', Boolean(text));
      });
      this.toggleAttribute('data-asked', Boolean(box.input.value));
      box.ask();
      box.input.focus();
    }
  }
  customElements.define('search-results', SearchResults);
}
