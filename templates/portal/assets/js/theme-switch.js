// @ts-check
'use strict';

/* The button that switches between light and dark, and remembers it. */
{
  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      this.addEventListener('click', () => {
        const root = document.documentElement;
        const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        const theme = dark ? 'light' : 'dark';
        root.dataset.theme = theme;
        try {
          localStorage.setItem('theme', theme);
        } catch {
          // Storage is refused: the choice holds for this page.
        }
      });
    }
  }
  customElements.define('theme-switch', ThemeSwitch);
}
