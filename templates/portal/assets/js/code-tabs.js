// @ts-check
'use strict';

/* Samples in tabs: the language that a reader chose is chosen everywhere, on this page and on the next. */
{
  const KEY = 'language';

  /** @param {string} language @param {Element} [except] */
  const choose = (language, except) => {
    for (const tabs of document.querySelectorAll('code-tabs')) {
      if (tabs === except) continue;
      for (const input of tabs.querySelectorAll('input')) {
        if (input.value === language) input.checked = true;
      }
    }
  };

  class CodeTabs extends HTMLElement {
    connectedCallback() {
      this.addEventListener('change', (event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        choose(input.value, this);
        try {
          localStorage.setItem(KEY, input.value);
        } catch {
          // Storage is refused: the choice holds for this page.
        }
      });
    }
  }
  customElements.define('code-tabs', CodeTabs);

  try {
    const language = localStorage.getItem(KEY);
    if (language) choose(language);
  } catch {
    // Storage is refused: the first tab holds.
  }
}
