// @ts-check
'use strict';

/*
 * In the preview only: the page reloads when the server has built anew. When a build failed the page stays as it was, and
 * the author sees what is wrong.
 */
{
  const events = new EventSource('/_portolan/events');

  /** @param {string} text */
  const show = (text) => {
    document.querySelector('.preview-report')?.remove();
    if (!text) return;
    const report = document.createElement('aside');
    report.className = 'preview-report';
    report.setAttribute('role', 'status');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Close';
    close.addEventListener('click', () => report.remove());
    const code = document.createElement('pre');
    code.textContent = text;
    report.append(close, code);
    document.body.append(report);
  };

  events.addEventListener('reload', () => location.reload());
  events.addEventListener('diagnostics', (event) => show(event.data));
}
