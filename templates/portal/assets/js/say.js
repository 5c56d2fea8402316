// @ts-check
'use strict';

/*
 * The words of the interface: `portolan.words` stands before all scripts. A message with a number has a form for each kind of
 * number that its language knows.
 */
{
  const { portolan } = /** @type {{portolan: {words: Record<string, string>, say?: Say}}} */ (/** @type {unknown} */ (globalThis));

  /** @typedef {(name: string, values?: Record<string, string | number>) => string} Say */

  /** @type {Say} */
  portolan.say = (name, values = {}) => {
    const { words } = portolan;
    const kind = typeof values.count === 'number' ? new Intl.PluralRules(document.documentElement.lang).select(values.count) : '';
    const text = words[`${name}.${kind}`] ?? words[`${name}.other`] ?? words[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
  };
}
