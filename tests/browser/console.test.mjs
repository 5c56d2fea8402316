// What a reader does with the console of an operation, against the mock of the preview server.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { binary, browse, picture, root, serve, watched } from "./stage.mjs";

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), browse()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** A story in the console of one operation. `refused` are statuses that the story is about. */
function story(title, path, tell, { refused = "", ...options } = {}) {
  test(title, async () => {
    const stage = await watched(browser, server.url, options);
    if (refused) stage.expect(server.url + refused);
    await stage.page.goto(server.url + path);
    await open(stage.page);
    await tell(stage.page, stage);
    await stage.done();
  });
}

async function open(page) {
  await page.locator("try-it button").click();
  await page.locator("dialog.console[open]").waitFor();
}

/** The control of a name. */
const control = (page, name) => page.locator(".console-field", { has: page.locator(`.console-name:text-is("${name}")`) }).locator(".console-input, .console-boxes").first();
const wrong = (page, name) => page.locator(".console-field", { has: page.locator(`.console-name:text-is("${name}")`) }).locator(".console-wrong");
/** The console writes the line and the code in the next frame. */
const drawn = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
async function url(page) {
  await drawn(page);
  return page.locator(".console-url").innerText();
}

/** Sends, and gives what was asked and the status that came. */
async function send(page) {
  const [request] = await Promise.all([page.waitForRequest(/\/_mock\//), page.locator(".console-send").click()]);
  await page.locator(".console-status .status").waitFor();
  await page.locator(".console-send", { hasText: "Send" }).waitFor();
  return { request, status: Number(await page.locator(".console-status .status").innerText()) };
}

/** The code in one language, as the console shows it. */
async function code(page, language) {
  await page.locator(".console .tab", { hasText: new RegExp(`^${language}$`) }).click();
  await drawn(page);
  return page.locator(".console code-tabs .panel:visible code").innerText();
}

/** The same as the page shows it. */
const ofPage = (page, name) => page.locator(`.aside code-tabs input[value=${name}]`).evaluate((input) => input.parentElement.nextElementSibling.querySelector("code").textContent);

story("a call is sent, its answer is shown, and the code says the same", "bookshop/books/list/", async (page) => {
  await page.locator("#_console-server").selectOption({ label: "https://{environment}.bookshop.example/{version} (The shop, or a copy of it for tests)" });
  for (const [title, name] of [["Python", "python"], ["JavaScript", "javascript"], ["cURL", "curl"], ["Command", "bash"]]) {
    assert.equal((await code(page, title)).trim(), (await ofPage(page, name)).trim(), title);
  }
  await control(page, "environment").selectOption({ label: "sandbox" });
  assert.match(await url(page), /^https:\/\/sandbox\.bookshop\.example\/v1\/books\?genre=poetry$/);
  assert.match(await code(page, "Python"), /Bookshop\(base_url="https:\/\/sandbox\.bookshop\.example\/v1"\)/);
  await page.locator("#_console-server").selectOption({ index: 0 });
  await control(page, "genre").selectOption({ label: "fiction" });
  await control(page, "limit").fill("5");
  await control(page, "author_ids").fill("au_linden\nau_o'neil");
  await control(page, "published_after").fill("2020-01-31");
  await page.locator("input[type=password]").first().fill("sk_test_very_secret");
  assert.equal(new URL(await url(page)).search, "?limit=5&genre=fiction&author_ids=au_linden,au_o%27neil&published_after=2020-01-31");
  assert.match(await code(page, "Python"), /client\.books\.list\(\n {4}limit=5,\n {4}genre="fiction",\n {4}author_ids=\["au_linden", "au_o'neil"\],\n {4}published_after="2020-01-31",\n\)/);
  assert.match(await code(page, "JavaScript"), /limit: 5,\n {2}genre: "fiction",\n {2}author_ids: \["au_linden", "au_o'neil"\],/);
  assert.match(await code(page, "cURL"), /\?limit=5&genre=fiction&author_ids=au_linden,au_o%27neil&published_after=2020-01-31'$/);
  assert.match(await code(page, "Command"), /--limit 5 \\\n/);
  await control(page, "author_ids").fill("au_linden\nau_berg");
  const { request, status } = await send(page);
  assert.equal(status, 200);
  assert.equal(request.headers()["x-api-key"], "sk_test_very_secret");
  assert.match(request.headers().accept, /application\/json/);
  assert.match(await page.locator(".console-answer pre").innerText(), /^\{\n {2}"data": \[/);
  assert.ok((await page.locator(".console-answer pre .v").count()) > 3, "the body has colours");
  assert.match(await page.locator(".console-status").innerText(), /200\s+OK\s+[\d,.]+\s?ms · [\d.,]+/);
  await page.locator(".console-headers summary").click();
  assert.ok(await page.locator(".console-headers th", { hasText: /^content-type$/ }).isVisible());
  await picture(page, "console-answer");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.querySelector("dialog.console").textContent]));
  assert.doesNotMatch(kept, /very_secret/);
  await page.reload();
  await open(page);
  assert.equal(await page.locator("input[type=password]").first().inputValue(), "");
});

story("what is wrong is said beside the control, and nothing is sent", "bookshop/books/list/", async (page) => {
  const sent = [];
  page.on("request", (request) => sent.push(request.url()));
  await control(page, "limit").fill("1.5");
  await page.locator(".console-send").click();
  assert.match(await wrong(page, "limit").innerText(), /whole number/);
  assert.equal(await control(page, "limit").getAttribute("aria-invalid"), "true");
  assert.equal(await control(page, "limit").evaluate((input) => input === document.activeElement), true);
  assert.match(await page.locator(".console-status").innerText(), /One value needs another look/);
  await control(page, "limit").fill("101");
  await page.locator(".console-send").click();
  assert.match(await wrong(page, "limit").innerText(), /at most 100/);
  assert.deepEqual(sent, []);
  assert.equal(new URL(await url(page)).search, "?limit=101&genre=poetry");
  await page.locator("input[type=password]").first().fill("key");
  await control(page, "limit").fill("102");
  assert.equal(await wrong(page, "limit").isVisible(), false);
  await page.locator(".console-send").click();
  // Who sends once more wants to see what the server says of it.
  assert.equal((await send(page)).status, 422);
}, { refused: "_mock/bookshop/books?limit=102&genre=poetry" });

story("a body is chosen, edited and sent", "bookshop/orders/create/", async (page) => {
  await page.locator("#_console-example").selectOption({ index: 1 });
  const body = page.locator(".console-editor");
  assert.match(await body.inputValue(), /"gift_message": "Happy birthday!"/);
  assert.match(await code(page, "Python"), /gift_message="Happy birthday!"/);
  await body.fill('{"lines": [{"sku": }]}');
  await page.locator(".console-send").click();
  assert.match(await page.locator(".console-wrong:visible").innerText(), /This is not JSON/);
  await body.fill('{"lines": [{"sku": "WL-E", "quantity": 1.0e0}]}');
  assert.match(await code(page, "Python"), /lines=\[\{"sku": "WL-E", "quantity": 1\.0e0\}\]/);
  await body.fill('{"lines": [{"sku": "</script>WL-E"}]}');
  await page.locator("#_console-scheme").selectOption({ index: 1 });
  await page.locator("input[type=password]:visible").fill("Bearer abc.def");
  await control(page, "Idempotency-Key").fill("key-12345");
  const { request, status } = await send(page);
  assert.equal(status, 201);
  assert.equal(request.postData(), '{"lines": [{"sku": "</script>WL-E"}]}');
  assert.equal(request.headers()["authorization"], "Bearer abc.def");
  assert.equal(request.headers()["idempotency-key"], "key-12345");
  assert.equal(request.headers()["content-type"], "application/json");
});

story("a file is uploaded with the parts beside it", "bookshop/files/upload/", async (page) => {
  await control(page, "file").setInputFiles({ name: "winter.epub", mimeType: "application/epub+zip", buffer: Buffer.from("PK\u0003\u0004book") });
  await page.locator("input[type=password]").first().fill("key");
  assert.match(await code(page, "Python"), /from pathlib import Path[^]*file=Path\("winter\.epub"\)/);
  assert.match(await code(page, "JavaScript"), /fileFromPath\("winter\.epub"\)/);
  const { request, status } = await send(page);
  assert.equal(status, 201);
  assert.match(request.headers()["content-type"], /^multipart\/form-data; boundary=/);
  assert.match(await page.locator(".console-answer pre").innerText(), /"/);
});

story("a form is sent with user name and password", "payments/tokens/create/", async (page) => {
  await page.locator("#_console-secret-basicAuth-user, [id$=-user]").first().fill("mira");
  await page.locator("input[type=password]").fill("pässword");
  await page.locator(".console-reveal").click();
  assert.equal(await page.locator("[id$=-password]").getAttribute("type"), "text");
  const { request, status } = await send(page);
  assert.equal(status, 200);
  assert.equal(request.headers()["content-type"], "application/x-www-form-urlencoded");
  assert.match(request.postData(), /^grant_type=client_credentials/);
  assert.equal(request.headers()["authorization"], `Basic ${Buffer.from("mira:pässword").toString("base64")}`);
});

story("items of a stream are shown as they come", "telemetry/readings/stream/", async (page) => {
  for (const field of await page.locator("input[type=password]").all()) await field.fill("key");
  const { status } = await send(page);
  assert.equal(status, 200);
  assert.match(await page.locator(".console-answer pre").innerText(), /data: \{/);
  assert.ok((await page.locator(".console-answer pre .v").count()) > 0, "items have colours");
});

story("a picture is shown, and bytes can be saved", "telemetry/tiles/get/", async (page) => {
  for (const field of await page.locator("input[type=password]").all()) await field.fill("key");
  const { status } = await send(page);
  assert.equal(status, 200);
  assert.equal(await page.locator(".console-picture").count(), 1);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator(".console-save").click()]);
  assert.equal(saved.suggestedFilename(), "answer.png");
});

story("a refusal is an answer too", "bookshop/books/get/", async (page) => {
  const { status } = await send(page);
  assert.equal(status, 401);
  assert.match(await page.locator(".console-status").innerText(), /Unauthorized/);
  assert.match(await page.locator(".console-answer pre").innerText(), /"status": 401/);
}, { refused: "_mock/bookshop/books/bk_winter-light" });

story("nothing goes where the policy does not lead", "bookshop/books/list/", async (page) => {
  await page.locator("#_console-server").selectOption({ label: "Another URL …" });
  await control(page, "URL").fill("https://elsewhere.example/v1");
  await page.locator(".console-send").click();
  assert.match(await page.locator(".console-status").innerText(), /not to https:\/\/elsewhere\.example/);
  await control(page, "URL").fill("javascript:alert(1)");
  await page.locator(".console-send").click();
  assert.match(await page.locator(".console-status").innerText(), /no http or https URL/);
});

test("a server that cannot be reached is explained, and a call can be stopped", async () => {
  const stage = await watched(browser, server.url);
  const { page } = stage;
  let release = () => {};
  await page.route(/\/_mock\//, async (route) => {
    await new Promise((resolve) => (release = resolve));
    await route.abort("connectionrefused").catch(() => {});
  });
  await page.goto(`${server.url}bookshop/categories/list/`);
  await open(page);
  await page.locator(".console-send").click();
  await page.locator(".console-send", { hasText: "Stop" }).click();
  await page.locator(".console-status", { hasText: "Stopped." }).waitFor();
  release();
  await page.locator(".console-send", { hasText: "Send" }).click();
  await page.locator(".console-send", { hasText: "Stop" }).waitFor();
  release();
  await page.locator(".console-failed", { hasText: "No answer could be read from 127.0.0.1" }).waitFor();
  assert.match(await page.locator(".console-note", { hasText: "CORS" }).innerText(), /own machine/);
  stage.forgive(/connectionrefused|ERR_CONNECTION_REFUSED/i);
  await stage.done();
});

story("the keyboard opens, sends and closes", "bookshop/categories/list/", async (page) => {
  await page.keyboard.press("Escape");
  await page.locator("dialog.console").waitFor({ state: "hidden" });
  assert.ok(await page.locator("try-it button").evaluate((button) => button === document.activeElement));
  await page.keyboard.press("Enter");
  await page.locator("dialog.console[open]").waitFor();
  await Promise.all([page.waitForResponse(/\/_mock\//), page.keyboard.press("Control+Enter")]);
  await page.locator(".console-status .status").waitFor();
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.closest("dialog") ?? document.activeElement === document.body), `step ${step}`);
  }
});

story("on a phone nothing is wider than the screen", "telemetry/readings/list/", async (page) => {
  const wide = await page.evaluate(() => document.querySelector("dialog.console").scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await picture(page, "console-phone");
}, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

test("without scripts there is no button", async () => {
  const stage = await watched(browser, server.url, { javaScriptEnabled: false });
  await stage.page.goto(`${server.url}bookshop/books/list/`);
  assert.equal(await stage.page.locator("try-it button").count(), 0);
  assert.equal(await stage.page.locator("try-it").isVisible(), false);
  await stage.done();
});

test("a hostile document does nothing in its consoles, which also open from a disk", async () => {
  const folder = mkdtempSync(join(tmpdir(), "portolan-console-"));
  const document = readFileSync(join(root, "tests/fixtures/hostile/everywhere.yaml"), "utf8");
  const payload = "</script><img src=x onerror=CANARY()>\"'`);CANARY();//${CANARY()}";
  const inside = JSON.stringify(payload).slice(1, -1);
  const referred = document.replace(/(\$ref: "[^"]*)PAYLOAD/g, (_, before) => before + inside.replaceAll("/", "~1"));
  writeFileSync(join(folder, "everywhere.yaml"), referred.replaceAll("PAYLOAD", inside));
  writeFileSync(join(folder, "portolan.toml"), '[[apis]]\nid = "hostile"\ndocument = "everywhere.yaml"\n');
  try {
    execFileSync(binary, ["build", "--out", "dist"], { cwd: folder, stdio: "ignore" });
    const start = `${pathToFileURL(join(folder, "dist"))}/`;
    const stage = await watched(browser, start);
    const { page } = stage;
    await page.addInitScript(() => {
      globalThis.CANARY = () => console.error("a string of the document was executed");
    });
    await page.goto(`${start}llms.txt`);
    const found = execFileSync("find", ["dist", "-name", "console.js"], { cwd: folder, encoding: "utf8" }).trim().split("\n");
    assert.ok(found.length > 3, `${found.length} consoles`);
    for (const script of found) {
      await page.goto(new URL(script.replace(/^dist\//, "").replace(/console\.js$/, "index.html").split("/").map(encodeURIComponent).join("/"), start).href);
      await open(page);
      for (const input of await page.locator(".console input[type=text]:visible, .console textarea:visible").all()) await input.fill("x';CANARY();\"</script>").catch(() => {});
      assert.equal(await page.locator(".console :is(script, iframe, object, embed, img, [onerror], [onclick])").count(), 0, script);
    }
    await stage.done();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
