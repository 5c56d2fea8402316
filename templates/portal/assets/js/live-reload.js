// @ts-check
'use strict';

/* In the preview only: the page reloads when the server has built anew. */
{
  const events = new EventSource('/_portolan/events');
  events.addEventListener('reload', () => location.reload());
  events.addEventListener('message', (event) => {
    if (event.data === 'reload') location.reload();
  });
}
