// What a reader does with the portal, in headless Chromium, against the preview server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, serve, watched } from "./stage.mjs";

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), browse()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** A story on one page: opens it, tells the story, and nothing may be complained of. */
function story(title, path, tell, options) {
  test(title, async () => {
    const stage = await watched(browser, server.url, options);
    await stage.page.goto(server.url + path);
    await tell(stage.page, stage);
    await stage.done();
  });
}

story("the home page leads to every API, to the catalog and to search", "", async (page) => {
  assert.equal(await page.locator("h1").count(), 1);
  const targets = await page.locator("main a").evaluateAll((links) => links.map((link) => link.pathname));
  for (const api of ["bookshop", "payments", "telemetry", "integration"]) {
    assert.ok(targets.some((target) => target.startsWith(`/${api}/`)), api);
  }
  const all = await page.locator("a").evaluateAll((links) => links.map((link) => link.pathname));
  assert.ok(all.some((target) => target.startsWith("/catalog/")));
  assert.ok(all.some((target) => target.startsWith("/search/")));
});

story("an operation shows its parameters, its answers and its samples", "bookshop/books/list/", async (page) => {
  assert.equal(await page.locator("h1").innerText(), "List books");
  assert.match(await page.locator(".endpoint").first().innerText(), /GET[\s\S]*\/books/);
  for (const name of ["genre", "author_ids", "cursor", "limit"]) {
    assert.ok(await page.locator(".row-name", { hasText: new RegExp(`^${name}$`) }).first().isVisible(), name);
  }
  assert.ok(await page.locator("#response-200").isVisible());
  const languages = await page.locator("code-tabs").first().locator("input").evaluateAll((inputs) => inputs.map((input) => input.value));
  assert.deepEqual(languages, ["python", "javascript", "curl", "bash"]);
});

story("the language that was chosen is chosen everywhere, also on the next page", "bookshop/books/list/", async (page) => {
  const shown = () => page.locator("code-tabs").first().locator("pre:visible").innerText();
  assert.match(await shown(), /from bookshop import/);
  await page.locator("code-tabs").first().locator("label", { hasText: "cURL" }).click();
  assert.match(await shown(), /^curl /);
  await page.goto(new URL("../get/", page.url()).href);
  assert.match(await shown(), /^curl /);
});

story("a sample is copied as it stands", "bookshop/books/list/", async (page, { context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tabs = page.locator("code-tabs").first();
  await tabs.locator(".panel:visible copy-button button").click();
  await tabs.locator(".panel:visible copy-button[data-done]").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied.trim(), (await tabs.locator("pre:visible").innerText()).trim());
});

story("an older version is a switch away, and says that it is one", "bookshop/books/list/", async (page) => {
  const versions = page.locator("details.switcher").nth(1);
  await versions.locator("summary").click();
  await versions.getByRole("link", { name: "0.9" }).click();
  // Without scripts an address names the file.
  assert.match(page.url(), /\/bookshop\/0-9\/books\/list\/(index\.html)?$/);
  assert.match(await page.locator(".older").innerText(), /This is version 0\.9/);
  await page.locator(".older a").click();
  assert.match(page.url(), /\/bookshop\/books\/list\/(index\.html)?$/);
  await page.locator(".navigation a", { hasText: "What changed" }).click();
  assert.ok((await page.locator(".change .badge[data-severity=breaking]").count()) > 0);
}, { javaScriptEnabled: false });

story("a type shows its members, and they lead to their types", "bookshop/types/book/", async (page) => {
  assert.equal(await page.locator("h1").innerText(), "Book");
  for (const name of ["id", "title", "genre", "products"]) {
    assert.ok(await page.locator(".row-name", { hasText: new RegExp(`^${name}$`) }).first().isVisible(), name);
  }
  await page.locator("main .row-type a").first().click();
  await page.waitForURL(/\/bookshop\/types\/(?!book\/)/, { waitUntil: "load" });
});

story("a guide shows its text, its code in colours, and links to operations", "bookshop/guides/quickstart/", async (page) => {
  assert.equal(await page.locator("h1").count(), 1);
  assert.ok((await page.locator("main pre span[class]").count()) > 3, "code has colours");
  const targets = await page.locator("main a").evaluateAll((links) => links.map((link) => link.pathname));
  assert.ok(targets.some((target) => /^\/bookshop\/\w+\/\w+\/$/.test(target)), targets.join(" "));
});

story("the catalog is filtered without leaving the page", "catalog/", async (page) => {
  const cards = page.locator(".catalog-cards .card");
  const all = await cards.count();
  assert.ok(all >= 25, `${all} listings`);
  await page.locator("main input[name=category][value=maps]").check();
  await page.waitForFunction((count) => document.querySelectorAll(".catalog-cards .card").length < count, all);
  assert.match(page.url(), /\?category=maps$/);
  const some = await cards.count();
  assert.equal(await page.locator(".catalog-status").innerText(), `${some} APIs`);
  await page.locator("main input[type=search]").fill("nomin");
  await page.waitForFunction(() => document.querySelectorAll(".catalog-cards .card").length === 1);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll(".catalog-cards .card").length === 1);
  await page.locator(".catalog-clear").click();
  await page.waitForFunction((count) => document.querySelectorAll(".catalog-cards .card").length === count, all);
});

story("listings stand side by side, and the address says which", "catalog/", async (page) => {
  await page.locator(".card[data-listing=bookshop] input[name=compare]").check();
  await page.locator(".card[data-listing=stripe] input[name=compare]").check();
  await page.locator(".compare-bar a").click();
  await page.waitForURL(/\/compare\/(index\.html)?\?listing=bookshop&listing=stripe$/);
  await page.locator(".compare table").waitFor();
  assert.deepEqual(await page.locator(".compare thead th a").allInnerTexts(), ["Bookshop", "Stripe"]);
  await page.locator(".compare-remove").first().click();
  assert.deepEqual(await page.locator(".compare thead th a").allInnerTexts(), ["Stripe"]);
  assert.match(page.url(), /\?listing=stripe$/);
});

for (const javaScriptEnabled of [true, false]) {
  story(`the tabs of a listing are links, script: ${javaScriptEnabled}`, "catalog/telemetry/", async (page) => {
    assert.ok(await page.locator("#overview").isVisible());
    await page.locator(".listing-tabs a", { hasText: "Plans" }).click();
    assert.match(page.url(), /#plans$/);
    assert.ok(await page.locator("#plans").isVisible());
    assert.ok(!(await page.locator("#overview").isVisible()));
    await page.goBack();
    assert.ok(await page.locator("#overview").isVisible());
  }, { javaScriptEnabled });
}

story("a listing tells what it costs and where its documentation is", "catalog/", async (page) => {
  await page.locator("main a", { hasText: /^Bookshop/ }).first().click();
  await page.waitForURL(/\/catalog\/[\w-]+\/$/, { waitUntil: "load" });
  assert.equal(await page.locator("h1").count(), 1);
  const targets = await page.locator("main a").evaluateAll((links) => links.map((link) => link.pathname));
  assert.ok(targets.some((target) => target.startsWith("/bookshop/")), targets.join(" "));
});

story("slash opens the search; arrows move; Enter goes there", "", async (page) => {
  await page.keyboard.press("/");
  const dialog = page.locator("dialog.search-dialog");
  await dialog.waitFor();
  await page.keyboard.type("list books");
  const first = dialog.locator("[role=option]").first();
  await first.waitFor();
  assert.equal(await first.getAttribute("aria-selected"), "true");
  assert.match(await first.innerText(), /List books/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await first.getAttribute("aria-selected"), "false");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/bookshop/books/list/");
});

story("Escape closes the search, and the focus is where it was", "bookshop/", async (page) => {
  await page.locator(".search-button").focus();
  await page.keyboard.press("Control+k");
  const dialog = page.locator("dialog.search-dialog");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await page.locator(".search-button").evaluate((button) => button === document.activeElement));
});

story("a search without results says so", "", async (page) => {
  await page.keyboard.press("/");
  await page.locator("dialog.search-dialog input").fill("zzzzqqq");
  await page.locator("dialog.search-dialog .search-empty", { hasText: "No results" }).waitFor();
});

story("the page of results can be linked to", "search/?q=refund", async (page) => {
  const results = page.locator("search-results .result");
  await results.first().waitFor();
  assert.match(await results.first().innerText(), /refund/i);
  assert.match(await page.locator("search-results [role=status]").innerText(), /^\d+ results?$/);
});

story("filters and pages of a search stand in its address", "search/?q=list&kind=operation", async (page) => {
  const status = page.locator("search-results [role=status]");
  const results = page.locator("search-results .result");
  await results.first().waitFor();
  const all = Number.parseInt(await status.innerText(), 10);
  assert.ok(await page.getByLabel("Operations", { exact: false }).isChecked());
  const delete_ = page.locator("label", { hasText: "Bookshop" }).first();
  const count = Number.parseInt(await delete_.locator("small").innerText(), 10);
  await delete_.click();
  await page.waitForFunction((before) => Number.parseInt(document.querySelector("search-results [role=status]").textContent, 10) < before, all);
  assert.equal(Number.parseInt(await status.innerText(), 10), count);
  assert.equal(new URL(page.url()).search, "?q=list&kind=operation&api=bookshop");
  await page.goBack();
  await page.waitForFunction((before) => Number.parseInt(document.querySelector("search-results [role=status]").textContent, 10) === before, all);
  await page.goto(new URL("?q=payment", page.url()).href);
  await results.first().waitFor();
  const first = await results.first().innerText();
  await page.getByRole("button", { name: "Next" }).click();
  await page.waitForFunction((text) => document.querySelector("search-results .result").innerText !== text, first);
  assert.match(page.url(), /page=2/);
});

story("what was searched for of late is offered again, and results stand in groups", "", async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("refund");
  const dialog = page.locator("dialog.search-dialog");
  await dialog.locator("[role=option]").first().waitFor();
  assert.ok((await dialog.locator("[role=group]").count()) > 1);
  assert.ok((await dialog.locator("mark", { hasText: "efund" }).count()) > 1);
  await page.keyboard.press("Enter");
  await page.waitForURL(/payments/);
  await page.keyboard.press("/");
  await dialog.getByRole("button", { name: "refund" }).click();
  await dialog.locator("[role=option]").first().waitFor();
  await dialog.getByRole("link", { name: "All results" }).click();
  await page.waitForURL(/search\/\?q=refund/);
});

story("the same answers come from the files and from the server", "search/?q=create+payment", async (page) => {
  await page.locator("search-results .result").first().waitFor();
  const shown = await page.locator("search-results .result-title").allInnerTexts();
  const answer = await page.evaluate(async () => (await fetch("/v1/search?q=create%20payment&limit=20")).json());
  const served = (answer.data ?? answer.hits ?? answer.items).map((hit) => hit.title);
  assert.ok(served.length > 0);
  assert.deepEqual(shown.slice(0, served.length).map((title) => title.replace(/ deprecated$/, "")), served.slice(0, shown.length));
});

story("the keyboard reaches the content first, and everything shows its focus", "bookshop/books/list/", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "#_main");
  assert.ok(await page.locator(".skip").isVisible());
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    const outlined = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return true;
      const style = getComputedStyle(element);
      return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    });
    assert.ok(outlined, `step ${step}: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`);
  }
});

story("the theme is switched and remembered", "bookshop/", async (page) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator("theme-switch button").click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await background(), dark);
}, { colorScheme: "light" });

test("an address without a page is answered with 404 and a way on", async () => {
  const stage = await watched(browser, server.url);
  const url = `${server.url}bookshop/nothing/here/`;
  stage.expect(url);
  const response = await stage.page.goto(url);
  assert.equal(response.status(), 404);
  assert.equal(await stage.page.locator("h1").count(), 1);
  await stage.page.locator("main .chips a").first().click();
  await stage.page.waitForURL((now) => now.href !== url, { waitUntil: "load" });
  assert.equal(await stage.page.locator("h1").count(), 1);
  await stage.done();
});

story("on a phone nothing is wider than the screen, and the navigation opens", "bookshop/books/list/", async (page) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await page.locator("button[popovertarget=_navigation]").click();
  await page.locator("#_navigation").waitFor();
  assert.ok(await page.locator("#_navigation a").first().isVisible());
}, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

story("without scripts everything is there to read", "bookshop/books/list/", async (page) => {
  assert.equal(await page.locator("h1").innerText(), "List books");
  assert.ok(await page.locator("code-tabs pre").first().isVisible());
  await page.locator("code-tabs").first().locator("label", { hasText: "cURL" }).click();
  assert.match(await page.locator("code-tabs").first().locator("pre:visible").innerText(), /^curl /);
  await page.locator(".search-button").click();
  await page.waitForURL(/\/search\//, { waitUntil: "load" });
  assert.ok((await page.locator("main a").count()) > 20);
}, { javaScriptEnabled: false });
