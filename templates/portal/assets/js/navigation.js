// @ts-check
'use strict';

/*
 * Small services of every page: the current link of the list is brought into view, menus close when one looks elsewhere,
 * a fold opens when its anchor is visited, and links lose their `index.html` where a host serves folders (from a disk they
 * need it).
 */
{
  const current = document.querySelector('.sidebar [aria-current="page"]');
  const sidebar = current?.closest('.sidebar');
  if (current && sidebar) {
    const place = current.getBoundingClientRect().top - sidebar.getBoundingClientRect().top;
    if (place > sidebar.clientHeight * 0.7) sidebar.scrollTop = place - sidebar.clientHeight * 0.4;
  }

  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    for (const menu of document.querySelectorAll('.switcher[open]')) {
      if (!menu.contains(target)) menu.removeAttribute('open');
    }
    const link = target.closest('a');
    if (link && location.protocol !== 'file:' && link.origin === location.origin) {
      link.pathname = link.pathname.replace(/\/index\.html$/, '/');
    }
  }, true);

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('.switcher[open]')) menu.removeAttribute('open');
  });

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const part = id && document.getElementById(id);
    if (!part) return;
    let folded = part.closest('details');
    while (folded) {
      folded.open = true;
      folded = folded.parentElement?.closest('details') ?? null;
    }
    part.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
}
