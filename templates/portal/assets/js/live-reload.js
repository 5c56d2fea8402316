// @ts-check
'use strict';

/*
 * In the preview only: the page reloads when the server has built anew. When a build failed the page stays as it was, and
 * the author sees what is wrong.
 */
{
  const events = new EventSource('/_portolan/events');

  /** @param {any[]} diagnostics */
  const show = (diagnostics) => {
    document.querySelector('.preview-report')?.remove();
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    if (!errors.length) return;
    const report = document.createElement('aside');
    report.className = 'preview-report';
    report.setAttribute('role', 'status');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = /** @type {any} */ (globalThis).portolan.say('close');
    close.addEventListener('click', () => report.remove());
    const code = document.createElement('pre');
    code.textContent = errors.map((error) => `error[${error.code}]: ${error.message}`).join('\n');
    report.append(close, code);
    document.body.append(report);
  };

  events.addEventListener('reload', () => location.reload());
  events.addEventListener('diagnostics', (event) => show(JSON.parse(event.data)));
}
