// @ts-check
'use strict';

/* The catalog's filters: what is checked in one group widens, groups narrow each other. The address remembers them. */
{
  class CatalogFilter extends HTMLElement {
    connectedCallback() {
      const inputs = [...this.querySelectorAll('input')];
      if (!inputs.length) return;
      const asked = new URLSearchParams(location.search);
      for (const input of inputs) input.checked = asked.getAll(input.name).includes(input.value);
      this.addEventListener('change', () => this.filter(inputs));
      this.filter(inputs);
    }

    /** @param {HTMLInputElement[]} inputs */
    filter(inputs) {
      /** @type {Map<string, Set<string>>} */
      const wanted = new Map();
      const address = new URLSearchParams();
      for (const input of inputs.filter((input) => input.checked)) {
        wanted.set(input.name, (wanted.get(input.name) ?? new Set()).add(input.value));
        address.append(input.name, input.value);
      }
      let shown = 0;
      for (const card of this.querySelectorAll('.card')) {
        const facts = [...card.attributes].filter((fact) => fact.name.startsWith('data-'));
        const fits = [...wanted].every(([name, values]) => facts.some((fact) => fact.name.startsWith(`data-${name}-`) && values.has(fact.value)));
        card.toggleAttribute('hidden', !fits);
        if (fits) shown += 1;
      }
      this.querySelector('.empty')?.toggleAttribute('hidden', shown > 0);
      const query = address.toString();
      history.replaceState(null, '', query ? `?${query}` : location.pathname + location.hash);
    }
  }
  customElements.define('catalog-filter', CatalogFilter);
}
