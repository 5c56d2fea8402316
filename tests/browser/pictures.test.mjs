// Pictures for a person to look at, in target/pictures: every kind of page, wide, laptop and phone, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, picture, serve, watched } from "./stage.mjs";

const PAGES = {
  home: "",
  overview: "bookshop/",
  resource: "payments/payments/",
  operation: "bookshop/books/create/",
  "operation-one-of": "payments/payments/create/",
  type: "bookshop/types/book/",
  "type-one-of": "payments/types/payment-method/",
  event: "payments/webhooks/payment-succeeded/",
  changes: "bookshop/changes/",
  older: "bookshop/0-9/books/search/",
  print: "bookshop/orders/_print/",
  guide: "bookshop/guides/quickstart/",
  authentication: "bookshop/authentication/",
  errors: "bookshop/errors/",
  sdks: "bookshop/sdks/",
  sdk: "bookshop/sdks/python/",
  catalog: "catalog/",
  listing: "catalog/bookshop/",
  compare: "catalog/compare/?listing=bookshop&listing=telemetry&listing=stripe",
  // Not right behind the listing: the browser would stay on its page.
  "listing-quality": "catalog/bookshop/#quality",
  results: "search/?q=refund",
  "not-found": "nothing/here/",
};
const SIZES = { wide: { width: 1920, height: 1080 }, laptop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), browse()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`${size}, ${colorScheme}`, async () => {
      const stage = await watched(browser, server.url, { viewport, colorScheme });
      for (const [name, path] of Object.entries(PAGES)) {
        const url = server.url + path;
        if (name === "not-found") stage.expect(url);
        const response = await stage.page.goto(url);
        assert.equal(response.status(), name === "not-found" ? 404 : 200, path);
        if (name === "results") await stage.page.locator("search-results .result").first().waitFor();
        const wide = await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name}: ${wide} px too wide at ${size}`);
        await picture(stage.page, `${name}-${size}-${colorScheme}`, { fullPage: size !== "wide" });
      }
      await stage.page.goto(server.url);
      await stage.page.keyboard.press("/");
      await stage.page.keyboard.type("list");
      await stage.page.locator("dialog [role=option]").first().waitFor();
      await picture(stage.page, `search-${size}-${colorScheme}`);
      await stage.done();
    });
  }
}
