// @ts-check
'use strict';

/*
 * The page of results. What is asked, the filters and the page stand in its address: `?q=refund&kind=operation&page=2`.
 */
{
  const { say, searching } = /** @type {any} */ (globalThis).portolan;
  const { reader, make, row, remember, offerRecent, explain, makeField } = searching;
  const PAGE = 20;
  /** The names of facets in addresses, and what the reader calls their filters. @type {[string, string][]} */
  const FACETS = [['kind', 'kinds'], ['api', 'apis'], ['method', 'methods'], ['category', 'categories'], ['authentication', 'authentication']];

  class SearchResults extends HTMLElement {
    connectedCallback() {
      const { field, input } = makeField(this);
      /** @type {HTMLInputElement} */
      this.input = input;
      this.status = make('p', 'search-status');
      this.status.setAttribute('role', 'status');
      this.facets = make('div', 'search-facets');
      this.list = make('ol', 'results');
      this.list.setAttribute('aria-label', say('results'));
      this.empty = make('div', 'search-empty');
      this.pages = make('nav', 'search-pages');
      this.pages.setAttribute('aria-label', say('pages'));
      const found = make('div', 'search-found');
      found.append(this.status, this.list, this.empty, this.pages);
      const columns = make('div', 'search-columns');
      columns.append(this.facets, found);
      this.prepend(field, columns);
      /** Titles of APIs and categories. @type {Map<string, string>} */
      this.names = new Map([...this.querySelectorAll('data')].map((name) => [name.value, name.textContent ?? '']));
      input.addEventListener('input', () => this.go({ q: input.value.trim() }, true));
      addEventListener('popstate', () => this.read());
      this.read();
      input.focus();
    }

    /** Takes over what the address asks. */
    read() {
      this.asked = new URLSearchParams(location.search);
      if (this.input) this.input.value = this.asked.get('q') ?? '';
      this.ask();
    }

    /** Changes the address, and asks. A change of the words forgets the page. @param {Record<string, string | string[]>} change @param {boolean} [typing] */
    go(change, typing = false) {
      const asked = new URLSearchParams(this.asked);
      for (const [name, value] of Object.entries({ page: '', ...change })) {
        asked.delete(name);
        for (const one of [value].flat()) if (one) asked.append(name, one);
      }
      this.asked = asked;
      const address = asked.size ? `?${asked}` : location.pathname;
      history[typing ? 'replaceState' : 'pushState'](null, '', address);
      this.ask();
    }

    async ask() {
      const { asked, input, list, status, facets, empty, pages } = this;
      if (!asked || !input || !list || !status || !facets || !empty || !pages) return;
      const text = asked.get('q') ?? '';
      this.toggleAttribute('data-asked', text !== '');
      const clear = () => [list, facets, pages, empty, status].forEach((part) => part.replaceChildren());
      if (!text) {
        clear();
        offerRecent(empty, (/** @type {string} */ again) => {
          input.value = again;
          this.go({ q: again });
        });
        return;
      }
      const page = Math.max(1, Number.parseInt(asked.get('page') ?? '1', 10) || 1);
      /** @type {Record<string, unknown>} */
      const options = { limit: PAGE, offset: (page - 1) * PAGE };
      for (const [name, filter] of FACETS) options[filter] = asked.getAll(name);
      if (asked.has('deprecated')) options.deprecated = asked.get('deprecated') === 'true';
      try {
        const results = await (await reader(this)).search(text, options);
        if (asked !== this.asked) return;
        clear();
        for (const hit of results.hits) {
          const item = make('li', '');
          item.append(row(hit, this.dataset.root ?? '', text));
          list.append(item);
        }
        if (!results.total) explain(empty, text, false);
        status.textContent = results.total ? say('result-count', { count: results.total }) : say('no-results');
        this.showFacets(results.facets);
        this.showPages(page, Math.ceil(results.total / PAGE));
        if (results.total) remember(text);
      } catch {
        clear();
        explain(empty, text, true);
      }
    }

    /** @param {any} counts */
    showFacets(counts) {
      const { asked, facets } = this;
      if (!asked || !facets) return;
      const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.id;
      /** @param {string} name @param {string} value @param {string} title @param {number} count */
      const choice = (name, value, title, count) => {
        const label = make('label', 'search-choice');
        const box = /** @type {HTMLInputElement} */ (make('input'));
        box.type = 'checkbox';
        box.id = `_${name}-${value}`;
        box.checked = asked.getAll(name).includes(value);
        box.addEventListener('change', () => {
          const rest = asked.getAll(name).filter((other) => other !== value);
          this.go({ [name]: box.checked ? [...rest, value] : rest });
        });
        label.append(box, make('span', '', title), make('small', '', String(count)));
        return label;
      };
      for (const [name, filter] of FACETS) {
        /** @type {Map<string, number>} */
        const found = new Map(counts[filter]);
        for (const value of asked.getAll(name)) if (!found.has(value)) found.set(value, 0);
        if (found.size < 2 && asked.getAll(name).length === 0) continue;
        const group = make('fieldset', 'search-facet');
        group.append(make('legend', '', say(`facet-${name}`)));
        for (const [value, count] of [...found].slice(0, 12)) group.append(choice(name, value, this.nameOf(name, value), count));
        facets.append(group);
      }
      if (counts.deprecated > 0 || asked.has('deprecated')) {
        const group = make('fieldset', 'search-facet');
        group.append(make('legend', '', say('facet-lifecycle')), choice('deprecated', 'true', say('deprecated'), counts.deprecated));
        facets.append(group);
      }
      if (focused) document.getElementById(focused)?.focus();
    }

    /** What people call a value of a facet. @param {string} name @param {string} value */
    nameOf(name, value) {
      if (name === 'kind') return say(`kinds-${value}`);
      if (name !== 'authentication') return this.names?.get(`${name}-${value}`) ?? value;
      const said = say(`way-${value}`);
      return said === `way-${value}` ? value : said;
    }

    /** @param {number} page @param {number} last */
    showPages(page, last) {
      const { pages } = this;
      if (!pages || last < 2) return;
      /** @param {number} to @param {string} words */
      const turn = (to, words) => {
        const button = /** @type {HTMLButtonElement} */ (make('button', 'chip', words));
        button.disabled = to < 1 || to > last;
        button.addEventListener('click', () => {
          this.go({ page: to === 1 ? '' : String(to) });
          this.scrollIntoView();
        });
        return button;
      };
      pages.append(turn(page - 1, say('page-before')), make('span', '', say('page-of', { page, last })), turn(page + 1, say('page-after')));
    }
  }
  customElements.define('search-results', SearchResults);
}
