// @ts-check
'use strict';

/*
 * In the preview only: the page reloads when what it shows was built anew, at the place where it was read. When a build failed
 * the page stays as it was, and the author sees what is wrong.
 */
{
  /** @type {EventSource | null} */
  let events = null;
  /** What the browser shows: the tag of the page as it was fetched, then that of the last event. */
  let seen = '';

  /** @param {any} error */
  const words = (error) => {
    const places = error.places.map((/** @type {any} */ place) => `  --> ${place.path}:${place.line}:${place.column}`);
    const help = error.help.map((/** @type {string} */ line) => `  = ${line}`);
    return [`error[${error.code}]: ${error.message}`, ...places, ...help].join('\n');
  };

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
    code.textContent = errors.map(words).join('\n\n');
    report.append(close, code);
    document.body.append(report);
  };

  const listen = () => {
    if (events || document.hidden) return;
    const query = new URLSearchParams({ page: location.pathname, seen });
    events = new EventSource(`/_portolan/events?${query}`);
    events.addEventListener('reload', () => location.reload());
    events.addEventListener('diagnostics', (event) => {
      seen = event.lastEventId;
      show(JSON.parse(event.data));
    });
  };

  // A browser keeps few connections to one host: pages that nobody looks at hold none.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return listen();
    events?.close();
    events = null;
  });

  // What was built between the page and the first event is not missed.
  fetch(location.href, { cache: 'force-cache' })
    .then((response) => (seen = response.headers.get('etag') ?? ''))
    .finally(listen);
}
