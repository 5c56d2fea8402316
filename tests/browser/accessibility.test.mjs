// axe-core on a page of every kind, in both themes: no violation of WCAG 2.2 A and AA.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { browse, serve, watched } from "./stage.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = [
  "",
  "bookshop/",
  "bookshop/books/",
  "bookshop/books/create/",
  "payments/payments/create/",
  "telemetry/readings/list/",
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
  "catalog/telemetry/#plans",
  "catalog/bookshop/#quality",
  "catalog/collections/first-steps/",
  "catalog/compare/?listing=bookshop&listing=telemetry",
  "search/?q=refund",
  "404.html",
];
/** Where the console is open, with something wrong in it. */
const CONSOLES = ["telemetry/readings/list/"];

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), browse()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  test(`nobody is kept out, ${colorScheme}`, async () => {
    const stage = await watched(browser, server.url, { colorScheme });
    const found = [];
    for (const path of PAGES) {
      await stage.page.goto(server.url + path);
      // Evaluated by the browser's own debugger, so that the page's strict policy stays as it is.
      await stage.page.evaluate(axe);
      if (CONSOLES.includes(path)) {
        await stage.page.locator("try-it button").click();
        await stage.page.locator("dialog.console[open]").waitFor();
        await stage.page.locator(".console-input[inputmode=numeric]").first().fill("x");
        await stage.page.locator(".console-send").click();
        await stage.page.locator(".console-wrong:visible").first().waitFor();
      }
      const { violations } = await stage.page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      for (const violation of violations) {
        found.push(`/${path} ${violation.id}: ${violation.nodes.length} nodes, e.g. ${violation.nodes[0].html.slice(0, 160)}`);
      }
    }
    await stage.done();
    assert.deepEqual(found, []);
  });
}
