// @ts-check
'use strict';

/*
 * Sets the theme that the reader chose. This is the only script that blocks: it must run before the page is painted, or a
 * dark page would flash white.
 */
{
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's theme holds.
  }
}
