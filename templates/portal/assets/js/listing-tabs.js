// @ts-check
'use strict';

/* The tabs of a listing are links to its sections, and the style sheet shows the one that is meant. This says which one that is. */
{
  class ListingTabs extends HTMLElement {
    connectedCallback() {
      this.mark = this.mark.bind(this);
      addEventListener('hashchange', this.mark);
      // The page stays where it is: only what is below the tabs changes.
      this.querySelector('nav')?.addEventListener('click', (event) => {
        const link = /** @type {HTMLElement} */ (event.target).closest('a');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const { scrollX, scrollY } = window;
        requestAnimationFrame(() => scrollTo(scrollX, scrollY));
      });
      this.mark();
    }

    disconnectedCallback() {
      removeEventListener('hashchange', this.mark);
    }

    mark() {
      const links = [...this.querySelectorAll('nav a')];
      const meant = links.find((link) => link.getAttribute('href') === location.hash) ?? links[0];
      for (const link of links) {
        if (link === meant) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    }
  }
  customElements.define('listing-tabs', ListingTabs);
}
