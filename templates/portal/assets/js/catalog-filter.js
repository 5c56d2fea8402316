// @ts-check
'use strict';

/*
 * The catalog's filters, sorting, and choosing what to compare. Answers to one question widen, questions narrow each other. The
 * address remembers all of it. The data of all listings is fetched when somebody begins to filter; a page as it came has its first
 * part.
 */
{
  /** Id, name, initials, hue, summary, tags; answers to each question; badges; the newest version's day; points. */
  /** @typedef {[string, string, string, number, string, string, number[][], number[], string, number]} Row */
  /** @typedef {{facets: {name: string, values: [string, string][]}[], badges: {text: string, tone: string}[], listings: Row[]}} Data */

  const { portolan } = /** @type {any} */ (globalThis);
  const { say } = portolan;
  /** Cards that are shown at first, and that are added. */
  const STEP = 36;
  const MOST_COMPARED = 4;

  /** @param {string} tag @param {string} [name] @param {string} [text] */
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  /** @param {string} text */
  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  class CatalogFilter extends HTMLElement {
    limit = STEP;
    /** @type {string[]} */
    compared = [];
    /** @type {Promise<Data> | undefined} */
    fetched;
    /** @type {HTMLElement | undefined} */
    chosen;

    connectedCallback() {
      this.cards = /** @type {HTMLElement} */ (this.querySelector('.catalog-cards'));
      this.inputs = [...this.querySelectorAll('input[type=checkbox]')].map((input) => /** @type {HTMLInputElement} */ (input));
      this.field = /** @type {HTMLInputElement | null} */ (this.querySelector('[name=words]'));
      this.order = /** @type {HTMLSelectElement | null} */ (this.querySelector('[name=sort]'));
      const asked = new URLSearchParams(location.search);
      for (const input of this.inputs) input.checked = asked.getAll(input.name).includes(input.value);
      if (this.field) this.field.value = asked.get('words') ?? '';
      if (this.order) this.order.value = asked.get('sort') ?? '';
      this.compared = asked.getAll('compare').slice(0, MOST_COMPARED);
      this.addEventListener('change', (event) => {
        const { name, value, checked } = /** @type {HTMLInputElement} */ (event.target);
        if (name === 'compare') this.choose(value, checked);
        else this.again();
      });
      this.field?.addEventListener('input', () => this.again());
      this.querySelector('.catalog-clear')?.addEventListener('click', () => this.clear());
      for (const card of this.cards.children) this.offer(/** @type {HTMLElement} */ (card));
      if (this.isAsked()) this.filter();
      this.bar();
    }

    isAsked() {
      return this.inputs?.some((input) => input.checked) || Boolean(this.field?.value.trim() || this.order?.value);
    }

    /** The data, fetched once: a script, because pages on a disk can read nothing else. @returns {Promise<Data>} */
    data() {
      this.fetched ??= new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = this.dataset.script ?? '';
        script.addEventListener('load', () => resolve(portolan.catalog));
        script.addEventListener('error', () => reject(new Error('the catalog cannot be read')));
        document.head.append(script);
      });
      return this.fetched;
    }

    again() {
      this.limit = STEP;
      this.filter();
    }

    clear() {
      for (const input of this.inputs ?? []) input.checked = false;
      if (this.field) this.field.value = '';
      if (this.order) this.order.value = '';
      this.again();
      this.field?.focus();
    }

    async filter() {
      this.remember();
      const data = await this.data();
      /** @type {Map<string, Set<string>>} */
      const wanted = new Map();
      for (const input of this.inputs ?? []) {
        if (input.checked) wanted.set(input.name, (wanted.get(input.name) ?? new Set()).add(input.value));
      }
      const { within, value } = this.dataset;
      const asked = words(this.field?.value ?? '');
      const provider = data.facets.findIndex((facet) => facet.name === 'provider');
      const read = (/** @type {Row} */ row) => {
        const names = words(`${row[1]} ${row[5]} ${row[6][provider].map((place) => data.facets[provider].values[place][1]).join(' ')}`);
        return { names, all: [...names, ...words(row[4])] };
      };
      /** How well a row fits the words; 0 when it does not. @param {Row} row */
      const fit = (row) => {
        if (!asked.length) return 1;
        const { names, all } = read(row);
        if (!asked.every((word) => all.some((other) => other.startsWith(word)))) return 0;
        return 1 + asked.filter((word) => names.some((other) => other.startsWith(word))).length;
      };
      const sets = data.facets.map((facet) => {
        const values = wanted.get(facet.name);
        return values && new Set(facet.values.flatMap(([key], place) => (values.has(key) ? [place] : [])));
      });
      const shelf = data.facets.findIndex((facet) => facet.name === within);
      const own = shelf < 0 ? -1 : data.facets[shelf].values.findIndex(([key]) => key === value);
      /** @type {[Row, number][]} */
      const found = [];
      const counts = data.facets.map(() => new Map());
      for (const row of data.listings) {
        if (shelf >= 0 && !row[6][shelf].includes(own)) continue;
        const points = fit(row);
        if (!points) continue;
        const misses = sets.flatMap((set, place) => (set && !row[6][place].some((answer) => set.has(answer)) ? [place] : []));
        if (!misses.length) found.push([row, points]);
        // An answer counts what it would add: all that the other questions let through.
        data.facets.forEach((_, place) => {
          if (misses.length > 1 || (misses.length === 1 && misses[0] !== place)) return;
          for (const answer of row[6][place]) counts[place].set(answer, (counts[place].get(answer) ?? 0) + 1);
        });
      }
      const order = this.order?.value;
      if (order === 'name') found.sort(([one], [other]) => one[1].localeCompare(other[1]));
      else if (order === 'grade') found.sort(([one], [other]) => other[9] - one[9]);
      else if (order === 'newest') found.sort(([one], [other]) => (one[8] < other[8] ? 1 : one[8] > other[8] ? -1 : 0));
      else if (asked.length) found.sort((one, other) => other[1] - one[1]);
      this.count(data, counts);
      this.show(data, found.map(([row]) => row), provider);
    }

    /** @param {Data} data @param {Map<number, number>[]} counts */
    count(data, counts) {
      for (const input of this.inputs ?? []) {
        const place = data.facets.findIndex((facet) => facet.name === input.name);
        const answer = data.facets[place]?.values.findIndex(([key]) => key === input.value) ?? -1;
        const small = input.parentElement?.querySelector('small');
        const count = counts[place]?.get(answer) ?? 0;
        if (small) small.textContent = String(count);
        input.parentElement?.toggleAttribute('data-none', !count && !input.checked);
      }
    }

    /** @param {Data} data @param {Row[]} rows @param {number} provider */
    show(data, rows, provider) {
      const shown = rows.slice(0, this.limit).map((row) => this.card(data, row, provider));
      this.cards?.replaceChildren(...shown);
      for (const card of shown) this.offer(card);
      this.querySelector('.empty')?.toggleAttribute('hidden', rows.length > 0);
      this.querySelector('.pager')?.toggleAttribute('hidden', true);
      this.querySelector('.catalog-clear')?.toggleAttribute('hidden', !this.isAsked());
      const status = this.querySelector('.catalog-status');
      if (status) status.textContent = say('listing-count', { count: rows.length });
      this.querySelector('.catalog-more')?.remove();
      if (rows.length > shown.length) {
        const more = /** @type {HTMLButtonElement} */ (make('button', 'button catalog-more', say('show-more')));
        more.type = 'button';
        more.addEventListener('click', () => {
          const next = this.limit;
          this.limit = next + STEP;
          this.show(data, rows, provider);
          /** @type {HTMLElement | null | undefined} */ (this.cards?.children[next]?.querySelector('a'))?.focus();
        });
        this.cards?.after(more);
      }
    }

    /** As the template lays it out. @param {Data} data @param {Row} row @param {number} provider */
    card(data, [id, name, initials, hue, summary, , answers, badges], provider) {
      const card = make('li', 'card');
      card.dataset.listing = id;
      const head = make('div', 'card-head');
      const picture = make('span', 'initials', initials);
      picture.dataset.hue = String(hue);
      picture.setAttribute('aria-hidden', 'true');
      const title = make('h3');
      const link = /** @type {HTMLAnchorElement} */ (make('a', '', name));
      link.href = `${this.dataset.root}${id}/${location.protocol === 'file:' ? 'index.html' : ''}`;
      title.append(link);
      const names = make('div');
      const by = answers[provider].map((place) => data.facets[provider].values[place][1]);
      names.append(title, make('small', '', by.join(', ')));
      head.append(picture, names);
      const list = make('ul', 'badges');
      for (const place of badges) {
        const badge = make('li', 'badge', data.badges[place].text);
        if (data.badges[place].tone) badge.dataset.tone = data.badges[place].tone;
        list.append(badge);
      }
      card.append(head, make('p', '', summary), list);
      return card;
    }

    /** Lets a listing be compared. @param {HTMLElement} card */
    offer(card) {
      const { listing } = card.dataset;
      if (!listing) return;
      const label = make('label', 'card-compare');
      const input = /** @type {HTMLInputElement} */ (make('input'));
      input.type = 'checkbox';
      input.name = 'compare';
      input.value = listing;
      input.checked = this.compared.includes(listing);
      const name = card.querySelector('h3')?.textContent ?? '';
      label.append(input, say('compare'), make('span', 'visually-hidden', ` ${name}`));
      card.append(label);
    }

    /** @param {string} id @param {boolean} wanted */
    choose(id, wanted) {
      const others = this.compared.filter((other) => other !== id);
      this.compared = wanted ? [...others, id].slice(-MOST_COMPARED) : others;
      for (const input of this.querySelectorAll('input[name=compare]')) {
        const box = /** @type {HTMLInputElement} */ (input);
        box.checked = this.compared.includes(box.value);
      }
      this.remember();
      this.bar();
    }

    /** The bar at the foot: what was chosen, and the way to compare it. */
    bar() {
      this.chosen ??= make('div', 'compare-bar');
      this.chosen.setAttribute('role', 'status');
      if (!this.compared.length) {
        this.chosen.remove();
        return;
      }
      const link = /** @type {HTMLAnchorElement} */ (make('a', 'button', say('compare-count', { count: this.compared.length })));
      link.dataset.kind = 'primary';
      link.href = `${this.dataset.compare}?${new URLSearchParams(this.compared.map((id) => ['listing', id]))}`;
      const clear = /** @type {HTMLButtonElement} */ (make('button', 'button', say('compare-none')));
      clear.type = 'button';
      clear.addEventListener('click', () => {
        for (const id of [...this.compared]) this.choose(id, false);
      });
      this.chosen.replaceChildren(make('span', '', say('compare-most', { count: MOST_COMPARED })), clear, link);
      this.append(this.chosen);
    }

    remember() {
      const address = new URLSearchParams();
      for (const input of this.inputs ?? []) if (input.checked) address.append(input.name, input.value);
      if (this.field?.value.trim()) address.set('words', this.field.value.trim());
      if (this.order?.value) address.set('sort', this.order.value);
      for (const id of this.compared) address.append('compare', id);
      const query = address.toString();
      history.replaceState(null, '', query ? `?${query}` : location.pathname + location.hash);
    }
  }
  customElements.define('catalog-filter', CatalogFilter);
}
