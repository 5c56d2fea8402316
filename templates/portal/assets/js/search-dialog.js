// @ts-check
'use strict';

/*
 * Search: what the dialog (`/` or Ctrl-K on every page) and the page of results share, and the dialog. The reader of the index
 * is fetched when somebody begins to search. Without a script the button is a link to an index of the portal.
 */
{
  /** @typedef {{title: string, kind: string, address: string, api: string, method: string, path: string, summary: string, deprecated: boolean}} Hit */
  /** @typedef {{kinds: Map<string, number>, apis: Map<string, number>, methods: Map<string, number>, categories: Map<string, number>, authentication: Map<string, number>, deprecated: number}} Facets */
  /** @typedef {{hits: Hit[], total: number, facets: Facets}} Results */
  /** @typedef {{search: (text: string, options: Record<string, unknown>) => Promise<Results>}} Reader */

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

  /** @param {string} address @param {string} root */
  const link = (address, root) => {
    const [path, anchor] = address.split('#');
    const file = location.protocol === 'file:' ? 'index.html' : '';
    return `${root}${path.split('/').map(encodeURIComponent).join('/')}${file}${anchor ? `#${anchor}` : ''}`;
  };

  /** Appends a text with the words marked that were asked for. @param {HTMLElement} element @param {string} title @param {string} text */
  const mark = (element, title, text) => {
    /** @type {(text: string) => {parts: {stem: string}[], whole: {stem: string} | null}[]} */
    const analyse = /** @type {any} */ (globalThis).portolan.search.analyse;
    const stems = analyse(text).flatMap(({ parts, whole }) => [...parts, ...(whole ? [whole] : [])].map(({ stem }) => stem));
    for (const piece of title.split(/([^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu}))/u)) {
      const stem = stems.find((stem) => stem.length > 1 && piece.toLowerCase().startsWith(stem));
      if (stem) element.append(make('mark', '', piece.slice(0, stem.length)), piece.slice(stem.length));
      else element.append(piece ?? '');
    }
  };

  /** @param {Hit} hit @param {string} root @param {string} text */
  const row = (hit, root, text) => {
    const result = /** @type {HTMLAnchorElement} */ (make('a', 'result'));
    result.href = link(hit.address, root);
    const label = make('span', hit.method ? 'method' : 'result-kind', hit.method || say(`kind-${hit.kind}`));
    if (hit.method) label.dataset.method = hit.method;
    const title = make('span', 'result-title');
    mark(title, hit.title, text);
    if (hit.deprecated) title.append(' ', make('small', 'result-old', say('deprecated')));
    result.append(label, title, make('span', 'result-api', hit.api));
    const note = hit.path || hit.summary;
    if (note) {
      const line = make('span', hit.path ? 'result-note result-path' : 'result-note');
      mark(line, note, text);
      result.append(line);
    }
    result.addEventListener('click', () => remember(text));
    return result;
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

  /** What was searched for of late, or else how to search. @param {HTMLElement} place @param {(text: string) => void} again */
  const offerRecent = (place, again) => {
    const list = recent();
    place.replaceChildren(list.length ? make('strong', '', say('recent')) : say('search-advice'));
    for (const text of list) {
      const button = make('button', 'chip', text);
      button.addEventListener('click', () => again(text));
      place.append(button);
    }
  };

  /** Why there is nothing, and what to do. @param {HTMLElement} place @param {string} text @param {boolean} lost */
  const explain = (place, text, lost) => {
    place.replaceChildren(make('strong', '', lost ? say('index-lost') : say('no-results-for', { text })), say(lost ? 'index-lost-advice' : 'no-results-advice'));
  };

  /** The field of a search. @param {HTMLElement} host @returns {{field: HTMLElement, input: HTMLInputElement}} */
  const makeField = (host) => {
    const field = make('div', 'search-field');
    const input = /** @type {HTMLInputElement} */ (make('input'));
    input.type = 'search';
    input.placeholder = say('prompt');
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.setAttribute('aria-label', say('search'));
    const icon = document.querySelector('.search-button svg');
    if (icon) field.append(icon.cloneNode(true));
    field.append(input);
    input.addEventListener('focus', () => reader(host).catch(() => {}), { once: true });
    return { field, input };
  };

  class ApiSearch extends HTMLElement {
    connectedCallback() {
      this.dialog = /** @type {HTMLDialogElement} */ (make('dialog', 'search-dialog'));
      this.dialog.setAttribute('aria-label', say('search'));
      const { field, input } = makeField(this);
      this.input = input;
      this.list = make('div', 'results');
      this.list.id = '_results';
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', say('results'));
      for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', this.list.id], ['aria-autocomplete', 'list']]) input.setAttribute(name, value);
      this.empty = make('div', 'search-empty');
      this.status = make('p', '');
      this.status.setAttribute('role', 'status');
      this.all = /** @type {HTMLAnchorElement} */ (make('a', '', say('all-results')));
      this.all.hidden = true;
      const foot = make('div', 'search-status');
      foot.append(this.status, this.all);
      this.dialog.append(field, this.list, this.empty, foot);
      /** @type {HTMLElement[]} */
      this.rows = [];
      this.chosen = -1;
      input.addEventListener('input', () => this.ask());
      input.addEventListener('keydown', (event) => this.key(event));
      this.dialog.addEventListener('click', (event) => {
        if (event.target === this.dialog) this.dialog?.close();
      });
      document.addEventListener('click', (event) => {
        const button = /** @type {Element} */ (event.target).closest('.search-button');
        if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.open();
      });
      document.addEventListener('keydown', (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
        const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
        const k = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
        if (!slash && !k) return;
        event.preventDefault();
        this.open();
      });
    }

    open() {
      if (!this.dialog || !this.input) return;
      if (!this.dialog.isConnected) document.body.append(this.dialog);
      if (!this.dialog.open) this.dialog.showModal();
      this.input.select();
      this.ask();
    }

    async ask() {
      if (!this.input || !this.empty || !this.status || !this.all) return;
      const { input, empty, status, all } = this;
      const text = input.value.trim();
      if (!text) {
        this.show([], '');
        all.hidden = true;
        status.textContent = '';
        offerRecent(empty, (again) => {
          input.value = again;
          input.focus();
          this.ask();
        });
        return;
      }
      try {
        const { hits, total } = await (await reader(this)).search(text, { limit: 12 });
        if (input.value.trim() !== text) return;
        this.show(hits, text);
        if (hits.length) empty.replaceChildren();
        else explain(empty, text, false);
        status.textContent = hits.length ? say('result-count', { count: total }) : say('no-results');
        all.hidden = total <= hits.length;
        all.href = `${link('search/', this.dataset.root ?? '')}?q=${encodeURIComponent(text)}`;
      } catch {
        this.show([], '');
        explain(empty, text, true);
      }
    }

    /** Hits in groups by what they are, the group of the best one first. @param {Hit[]} hits @param {string} text */
    show(hits, text) {
      /** @type {Map<string, HTMLElement>} */
      const groups = new Map();
      for (const hit of hits) {
        const result = row(hit, this.dataset.root ?? '', text);
        result.setAttribute('role', 'option');
        result.tabIndex = -1;
        let group = groups.get(hit.kind);
        if (!group) {
          group = make('div', 'result-group');
          group.setAttribute('role', 'group');
          const heading = make('div', 'result-heading', say(`kinds-${hit.kind}`));
          heading.id = `_results-${hit.kind}`;
          group.setAttribute('aria-labelledby', heading.id);
          group.append(heading);
          groups.set(hit.kind, group);
        }
        group.append(result);
      }
      this.list?.replaceChildren(...groups.values());
      this.rows = [...(this.list?.querySelectorAll('a') ?? [])];
      this.rows.forEach((result, at) => (result.id = `_result-${at}`));
      this.input?.setAttribute('aria-expanded', String(hits.length > 0));
      this.choose(hits.length ? 0 : -1);
    }

    /** @param {number} index */
    choose(index) {
      const rows = this.rows ?? [];
      this.chosen = rows.length ? Math.max(0, Math.min(index, rows.length - 1)) : -1;
      rows.forEach((result, at) => result.setAttribute('aria-selected', String(at === this.chosen)));
      const result = rows[this.chosen];
      result?.scrollIntoView({ block: 'nearest' });
      if (result) this.input?.setAttribute('aria-activedescendant', result.id);
      else this.input?.removeAttribute('aria-activedescendant');
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        this.choose((this.chosen ?? -1) + step);
      } else if (event.key === 'Enter') {
        this.rows?.[this.chosen ?? -1]?.click();
      }
    }
  }
  customElements.define('api-search', ApiSearch);

  // For the page of results.
  /** @type {any} */ (globalThis).portolan.searching = { reader, make, row, remember, offerRecent, explain, makeField };
}
