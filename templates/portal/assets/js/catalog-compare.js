// @ts-check
'use strict';

/*
 * Up to four listings side by side: `?listing=a&listing=b`. What is known of each is a script beside its page, since pages on a disk
 * can read nothing else. Rows that no listing fills are left out.
 */
{
  /** @typedef {{id: string, name: string, initials: string, hue: number, rows: [string, string[]][], facts: [string, string, string | null][]}} Listing */

  const { portolan } = /** @type {any} */ (globalThis);
  const { say } = portolan;
  const MOST = 4;

  /** @type {Map<string, Listing>} */
  const known = new Map();
  /** Called by the script beside the page of a listing. @param {Listing} listing */
  portolan.compared = (listing) => known.set(listing.id, listing);

  /** @param {string} tag @param {string} [name] @param {string} [text] */
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  class CompareListings extends HTMLElement {
    async connectedCallback() {
      const asked = new URLSearchParams(location.search).getAll('listing');
      const ids = [...new Set(asked)].filter((id) => /^[a-z0-9-]{1,64}$/.test(id)).slice(0, MOST);
      await Promise.all(ids.map((id) => this.fetch(id)));
      this.ids = ids.filter((id) => known.has(id));
      this.show();
    }

    /** @param {string} id @returns {Promise<void>} */
    fetch(id) {
      return new Promise((resolve) => {
        const script = document.createElement('script');
        script.src = `${this.dataset.root}${id}/listing.js`;
        // What is not there is left out.
        for (const end of ['load', 'error']) script.addEventListener(end, () => resolve());
        document.head.append(script);
      });
    }

    show() {
      const listings = (this.ids ?? []).flatMap((id) => known.get(id) ?? []);
      this.querySelector('.compare')?.remove();
      this.querySelector('.empty')?.toggleAttribute('hidden', listings.length > 0);
      if (!listings.length) return;
      const table = make('table');
      table.append(make('caption', 'visually-hidden', listings.map((listing) => listing.name).join(', ')));
      const head = make('tr');
      head.append(make('td'), ...listings.map((listing) => this.heading(listing)));
      const top = make('thead');
      top.append(head);
      const body = make('tbody');
      for (const [name] of listings[0].rows) {
        const cells = listings.map((listing) => listing.rows.find(([other]) => other === name)?.[1] ?? []);
        this.row(body, say(`compare-${name}`), cells.map((texts) => texts.map((text) => document.createTextNode(text))));
      }
      const facts = new Set(listings.flatMap((listing) => listing.facts.map(([name]) => name)));
      for (const name of facts) {
        const cells = listings.map((listing) => listing.facts.filter(([other]) => other === name));
        this.row(body, name, cells.map((found) => found.map(([, text, href]) => this.value(text, href))));
      }
      table.append(top, body);
      const region = make('div', 'compare');
      region.tabIndex = 0;
      region.setAttribute('role', 'region');
      region.setAttribute('aria-label', say('compare'));
      region.append(table);
      this.append(region);
    }

    /** @param {string} text @param {string | null} href */
    value(text, href) {
      if (!href || !/^https?:/i.test(href)) return document.createTextNode(text);
      const link = /** @type {HTMLAnchorElement} */ (make('a', '', text));
      link.href = href;
      link.rel = 'noopener nofollow';
      return link;
    }

    /** @param {Listing} listing */
    heading(listing) {
      const cell = make('th');
      cell.setAttribute('scope', 'col');
      const picture = make('span', 'initials', listing.initials);
      picture.dataset.hue = String(listing.hue);
      picture.setAttribute('aria-hidden', 'true');
      const link = /** @type {HTMLAnchorElement} */ (make('a', '', listing.name));
      link.href = `${this.dataset.root}${listing.id}/${location.protocol === 'file:' ? 'index.html' : ''}`;
      const remove = /** @type {HTMLButtonElement} */ (make('button', 'button compare-remove', say('compare-remove')));
      remove.type = 'button';
      remove.setAttribute('aria-label', `${say('compare-remove')} ${listing.name}`);
      remove.addEventListener('click', () => {
        this.ids = (this.ids ?? []).filter((id) => id !== listing.id);
        const query = new URLSearchParams(this.ids.map((id) => ['listing', id]));
        history.replaceState(null, '', this.ids.length ? `?${query}` : location.pathname);
        this.show();
        /** @type {HTMLElement | null} */ (this.querySelector('th a, .empty a'))?.focus();
      });
      cell.append(picture, link, remove);
      return cell;
    }

    /** @param {HTMLElement} body @param {string} title @param {Node[][]} cells */
    row(body, title, cells) {
      if (cells.every((values) => !values.length)) return;
      const row = make('tr');
      const heading = make('th', '', title);
      heading.setAttribute('scope', 'row');
      row.append(heading);
      for (const values of cells) {
        const cell = make('td', '', values.length ? '' : '–');
        for (const value of values) {
          const line = make('div');
          line.append(value);
          cell.append(line);
        }
        row.append(cell);
      }
      body.append(row);
    }
  }
  customElements.define('compare-listings', CompareListings);
}
