// Without scripts every page says all that it says with them.
//
// Compared is the text that a reader can come to, on one page of every kind: what is seen at once, in folds that were
// opened, under tabs that were chosen, in sections that their link shows, in the list that the menu button opens. All of
// that needs no script. Words of controls are left out (buttons, filters, sorting, choosing what to compare, what is said
// when a filter leaves nothing): those that only work with a script are absent without it. So is data for scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, serve, watched } from "./stage.mjs";

const PAGES = [
  "",
  "bookshop/",
  "bookshop/books/",
  "bookshop/books/create/",
  "payments/payments/create/",
  "telemetry/readings/stream/",
  "bookshop/types/",
  "bookshop/types/book/",
  "payments/types/payment-method/",
  "guides/",
  "bookshop/guides/quickstart/",
  "bookshop/authentication/",
  "bookshop/errors/",
  "bookshop/changes/",
  "bookshop/0-9/books/search/",
  "bookshop/orders/_print/",
  "bookshop/orders/create/callbacks/order-shipped/",
  "payments/webhooks/payment-succeeded/",
  "bookshop/sdks/",
  "payments/sdks/python/",
  "catalog/",
  "catalog/bookshop/",
  "search/",
  "404.html",
];
/** What is left out: on a wide screen what the drawer repeats of the header, on a phone what the header leaves to it. */
const REPEATED = { wide: ".navigation-portal, .navigation-versions", phone: ".wide-only, .header .search-button" };
/** What a script puts in the place of something else: a field with results for a list of all resources. */
const REPLACED = { "search/": "search-results" };

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), browse()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** Runs in the page: the texts that can be come to, those that cannot, and the controls that are seen. */
function look(left) {
  const seen = new Set();
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const around = node.parentElement;
    // A heading's own link is seen when the heading is pointed at.
    if (!node.data.trim() || node.data === "#" || around.closest("script, style, template, noscript, data, button, kbd, try-it, .facets, .catalog-bar, .card-compare, .empty, [role=status]")) continue;
    if (left && around.closest(left)) continue;
    texts.push(node);
  }
  const note = () => {
    for (const node of texts) {
      if (node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) seen.add(node);
    }
  };
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  note();
  for (const list of document.querySelectorAll("[popover]")) {
    const button = document.querySelector(`[popovertarget="${list.id}"]`);
    if (!button) continue;
    list.showPopover();
    note();
    list.hidePopover();
  }
  for (const link of document.querySelectorAll(".listing-tabs a")) {
    location.hash = link.hash;
    note();
  }
  for (const tab of document.querySelectorAll(".tab input[type=radio]")) {
    // A tab in a panel is come to by the tab of that panel.
    for (let input = tab; input; ) {
      input.checked = true;
      input = input.closest(".panel")?.previousElementSibling?.querySelector("input");
    }
    note();
  }
  const words = (nodes) => nodes.map((node) => node.data.trim().replaceAll(/\s+/g, " "));
  const controls = [...document.querySelectorAll("button, select, textarea, input, kbd, [role=combobox]")];
  return {
    reached: words(texts.filter((node) => seen.has(node))),
    hidden: words(texts.filter((node) => !seen.has(node))),
    controls: controls
      .filter((control) => control.checkVisibility() && !control.matches(".tab input[type=radio], [popovertarget]"))
      .map((control) => control.outerHTML.slice(0, 120)),
  };
}

/** What is in `more` and not in `less`, each as often as it stands there. */
function beyond(more, less) {
  const left = [...less];
  return more.filter((text) => {
    const at = left.indexOf(text);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

for (const [size, viewport] of [["wide", { width: 1440, height: 1000 }], ["phone", { width: 390, height: 844 }]]) {
  test(`without scripts nothing is missing, ${size}`, async () => {
    const without = await watched(browser, server.url, { viewport, javaScriptEnabled: false });
    const scripted = await watched(browser, server.url, { viewport });
    const faults = [];
    // The list that the menu button opens is that of the part of the portal: one page of each will do.
    for (const path of size === "wide" ? PAGES : ["", "bookshop/books/create/", "payments/webhooks/payment-succeeded/", "catalog/"]) {
      await without.page.goto(server.url + path);
      await scripted.page.goto(server.url + path);
      const left = REPEATED[size];
      const plain = await without.page.evaluate(look, left);
      const rich = await scripted.page.evaluate(look, REPLACED[path] ?? left);
      const said = (what, texts) => texts.length && faults.push(`/${path} ${what}: ${texts.length}, e.g. ${JSON.stringify(texts.slice(0, 3))}`);
      assert.ok(plain.reached.length > 10, path);
      said("cannot be come to without scripts", plain.hidden);
      said("is there only with scripts", beyond(rich.reached, plain.reached));
      if (!REPLACED[path]) said("is there only without scripts", beyond(plain.reached, rich.reached));
      said("controls that do nothing", plain.controls);
    }
    await without.done();
    await scripted.done();
    assert.deepEqual(faults, []);
  });
}
