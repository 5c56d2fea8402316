// @ts-check
'use strict';

/* A button that copies the code beside it, or the text that it carries. Without a script there is no button. */
{
  const { say } = /** @type {any} */ (globalThis).portolan;

  const SVG = 'http://www.w3.org/2000/svg';
  const SHEETS = 'M5.5 7A1.5 1.5 0 0 1 7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12zM10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5';
  const TICK = 'M3 8.5l3.25 3.25L13 5';

  class CopyButton extends HTMLElement {
    connectedCallback() {
      if (this.firstChild) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-label', say('copy'));
      const picture = document.createElementNS(SVG, 'svg');
      picture.setAttribute('viewBox', '0 0 16 16');
      picture.setAttribute('aria-hidden', 'true');
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('d', SHEETS);
      picture.append(path);
      button.append(picture);
      button.addEventListener('click', async () => {
        const code = this.parentElement?.querySelector('pre');
        const text = this.dataset.text ?? code?.textContent ?? '';
        const done = await write(text);
        path.setAttribute('d', done ? TICK : SHEETS);
        this.toggleAttribute('data-done', done);
        button.setAttribute('aria-label', say(done ? 'copied' : 'not-copied'));
        setTimeout(() => {
          path.setAttribute('d', SHEETS);
          this.removeAttribute('data-done');
          button.setAttribute('aria-label', say('copy'));
        }, 1600);
      });
      this.append(button);
    }
  }

  /** @param {string} text @returns {Promise<boolean>} */
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  customElements.define('copy-button', CopyButton);
}
