// @ts-check
'use strict';

/*
 * The button that opens the console of an operation. The console, and what it knows of the operation, are fetched when it is
 * first asked for. Without a script there is no button.
 */
{
  const { portolan } = /** @type {any} */ (globalThis);
  const { say } = portolan;

  /** Called by the script beside the page. @param {any} data */
  portolan.operation = (data) => (portolan.operation.data = data);

  /** @param {string} tag @param {Record<string, string | boolean>} attributes @returns {Promise<void>} */
  const load = (tag, attributes) =>
    new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener('load', () => resolve());
      element.addEventListener('error', () => reject(new Error('the console is not complete')));
      document.head.append(element);
    });

  class TryIt extends HTMLElement {
    connectedCallback() {
      if (this.firstChild) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = say('try-it');
      const { script = '', samples = '', style = '', operation = '' } = this.dataset;
      /** @type {Promise<{show: () => void}> | undefined} */
      let opened;
      button.addEventListener('click', async () => {
        opened ??= Promise.all([
          ...[script, samples, operation].map((src) => load('script', { src, async: false })),
          load('link', { rel: 'stylesheet', href: style }),
        ]).then(() => portolan.console.open(portolan.operation.data, this));
        try {
          (await opened).show();
        } catch {
          opened = undefined;
          button.textContent = say('try-it-lost');
        }
      });
      this.append(button);
    }
  }
  customElements.define('try-it', TryIt);
}
