// Emitted JavaScript packages in a page, in headless Chromium: what a browser does otherwise than Node.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { ROWS, arrived, document, method, values } from "../sdk/styles.mjs";
import { generated, generatedDocument, mock, recorder } from "../sdk/workshop.mjs";
import { browse, root } from "./stage.mjs";

/** What the server answers below `/api`, beside recording it. */
const ANSWERS = {
  "/api/busy": once(503, { "retry-after": "0" }),
  "/api/moved": (response) => response.writeHead(307, { location: "/api/target" }).end(),
  "/api/events": events,
  "/api/text": (response) => response.writeHead(200, { "content-type": "text/plain", "content-length": 2 }).end("é"),
  "/api/big": (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"id":9007199254740993}'),
  "/api/cut": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "99" });
    response.write("{", () => response.destroy());
  },
  "/api/silent": () => {},
};
const closed = [];
let folders, site, browser, page;

before(async () => {
  folders = {
    bookshop: generated("bookshop"),
    styles: generatedDocument("styles", document()),
    runtime: join(root, "templates/javascript/runtime"),
  };
  site = await recorder((response, request) => answer(response, request));
  browser = await browse();
  page = await browser.newPage();
  await page.goto(`${site.url}/page`);
});
after(async () => {
  await browser?.close();
  site?.stop();
});

/** Gives a page and the modules of the packages; answers below `/api` as said above; leaves all else to be recorded. */
function answer(response, request) {
  const { pathname } = new URL(request.url, "http://a");
  const [, folder, ...rest] = pathname.split("/");
  if (folder === "page") {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>SDK</title>");
  } else if (Object.hasOwn(folders, folder)) {
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/plain";
    readFile(join(folders[folder], normalize(`/${rest.join("/")}`))).then(
      (bytes) => response.writeHead(200, { "content-type": type }).end(bytes),
      () => response.writeHead(404).end(),
    );
  } else if (Object.hasOwn(ANSWERS, pathname)) {
    site.requests.push(request);
    response.on("close", () => closed.push(pathname));
    ANSWERS[pathname](response, request);
  } else return folder === "favicon.ico" && response.writeHead(404).end();
  return true;
}

/** An answer with this status the first time, and then an empty object. */
function once(status, headers) {
  let first = true;
  return (response) => {
    response.writeHead(first ? status : 200, { "content-type": "application/json", ...(first ? headers : {}) }).end("{}");
    first = false;
  };
}

/** Two events and a break, or what follows the second one; with `?endless`, one every few milliseconds. */
function events(response, { url, headers }) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  if (url.includes("endless")) {
    const timer = setInterval(() => response.write("data: 1\n\n"), 5);
    response.on("close", () => clearInterval(timer));
  } else if (headers["last-event-id"] === "e2") {
    response.end("data: 3\n\n");
  } else {
    response.write("retry: 10\n\nid: e1\ndata: 1\n\nid: e2\r\ndata: 2\r\n\r\ndata: ha", () => setTimeout(() => response.destroy(), 50));
  }
}

/** Runs in the page, with the runtime at hand, and gives what it gives with the requests that it made. */
async function inPage(program, argument) {
  const from = site.requests.length;
  const value = await page.evaluate(program, argument);
  return { value, requests: site.requests.slice(from) };
}

describe("the table of styles", () => {
  test("every row but cookies arrives byte for byte; a cookie is refused, and says why", async () => {
    const calls = [...ROWS.keys()].map((index) => [method(index), values(index)]);
    const { value: outcomes, requests } = await inPage(async (calls) => {
      const { Styles } = await import("/styles/index.js");
      const client = new Styles({ baseUrl: "/" });
      const outcomes = [];
      for (const [method, values] of calls) {
        const call = client.rows[method](...values);
        outcomes.push(await call.then(() => "sent", (error) => `${error.name}: ${error.message}`));
      }
      return outcomes;
    }, calls);
    const isCookie = ({ in: place, sent }) => place === "cookie" && sent !== null;
    const reason = "ArgumentError: `color` is a cookie, and only the browser itself sends cookies: leave it out";
    assert.deepEqual(outcomes, ROWS.map((row) => (isCookie(row) ? reason : "sent")));
    const left = [...ROWS.keys()].filter((index) => !isCookie(ROWS[index]));
    assert.ok(left.length >= 33);
    assert.deepEqual(requests.map((request, at) => arrived(left[at], request)), left.map((index) => ROWS[index].sent));
  });
});

describe("bookshop against the mock, from another origin", () => {
  let server;
  before(async () => {
    server = await mock("bookshop");
  });
  after(() => server?.stop());

  test("every operation is called", async () => {
    const { value } = await inPage(async (baseUrl) => {
      const { Bookshop } = await import("/bookshop/index.js");
      const names = [];
      const client = new Bookshop({
        baseUrl,
        apiKey: "secret",
        dangerouslyAllowBrowser: true,
        hooks: { beforeRequest: ({ operation }) => void names.push(operation) },
      });
      const genres = [];
      for await (const book of client.books.list({ genre: "poetry", author_ids: ["au_linden", "au_okafor"], language: ["en", "de"] })) genres.push(book.genre);
      const created = await client.books.create({ title: "The Salt Road", genre: "history", author_ids: ["au_okafor"] }).withResponse();
      const book = await client.books.get("bk_winter-light", { "Accept-Language": "de" });
      await client.books.update("bk_winter-light", { "If-Match": '"7f3a9c"', subtitle: null });
      await client.books.delete("bk_winter-light");
      const file = await client.books.download("bk_winter-light", { file_format: "pdf" });
      const picture = await client.covers.download("bk_winter-light", { width: 200 });
      const cover = await client.covers.upload("bk_winter-light", { body: new Blob(["JPEG"], { type: "image/jpeg" }) });
      const upload = await client.files.upload("bk_winter-light", {
        file: new File(["%PDF"], "book.pdf", { type: "application/pdf" }),
        metadata: { file_format: "pdf" },
        samples: [new File(["1"], "1.pdf", { type: "application/pdf" }), new Blob(["2"], { type: "application/pdf" })],
      });
      const authors = await client.authors.list({ limit: 2 });
      await client.authors.create({ name: "Ngozi Okafor" });
      const author = await client.authors.get("au_okafor");
      const categories = await client.categories.list();
      const orders = await client.orders.list({ status: ["paid", "shipped"] });
      const order = await client.orders.create({ lines: [{ sku: "WL-E" }] });
      await client.orders.get("ord_58213");
      await client.orders.cancel("ord_58213", {});
      const status = await client.orders.getStatus("ord_58213");
      const missing = await client.books.get("bk_none", {}, { headers: { prefer: "code=404" } }).asResult();
      const wrong = await client.books.create({ title: "", genre: "history", author_ids: [] }).asResult();
      return {
        names: [...new Set(names)].sort(),
        facts: {
          books: genres.length >= 3,
          location: created.response.headers.get("location"),
          book: book.id,
          blob: (await file.blob()).size > 0,
          picture: (await new Response(picture.stream()).arrayBuffer()).byteLength > 0,
          cover: typeof cover.url,
          upload: typeof upload.sha256,
          authors: authors.items.length > 0 && typeof author.name,
          categories: Array.isArray(categories) || typeof categories,
          orders: orders.items[0].id,
          order: typeof order.id,
          status: typeof status,
          missing: missing.error.constructor.name,
          wrong: wrong.error.status,
        },
      };
    }, `${server.url}/v1`);
    const files = ["authors", "books", "categories", "covers", "files", "orders"];
    const sources = await Promise.all(files.map((file) => readFile(join(folders.bookshop, "resources", `${file}.js`), "utf8")));
    const operations = sources.flatMap((source) => [...source.matchAll(/^ +id: "(.*)",$/gm)].map(([, id]) => id)).sort();
    assert.ok(operations.length > 15);
    assert.deepEqual(value.names, operations, "each operation of the package");
    assert.deepEqual(value.facts, {
      books: true,
      location: "/v1/books/bk_salt-road",
      book: "bk_winter-light",
      blob: true,
      picture: true,
      cover: "string",
      upload: "string",
      authors: "string",
      categories: value.facts.categories,
      orders: "ord_58213",
      order: "string",
      status: value.facts.status,
      missing: "NotFoundError",
      wrong: 422,
    });
  });

  test("a secret in a page or a worker is refused unless told otherwise", async () => {
    const { value } = await inPage(async () => {
      const refused = async () => {
        const { Bookshop } = await import("/bookshop/index.js");
        const attempt = (options) => {
          try {
            return void new Bookshop(options) ?? "made";
          } catch (error) {
            return error.name;
          }
        };
        return [attempt({ apiKey: "k" }), attempt({}), attempt({ apiKey: "k", dangerouslyAllowBrowser: true })];
      };
      const code = `onmessage = async () => postMessage(await (${String(refused).replaceAll('"/bookshop', `"${location.origin}/bookshop`)})());`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
      const there = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage("");
      });
      return { here: await refused(), there };
    });
    const expected = ["ArgumentError", "made", "made"];
    assert.deepEqual(value, { here: expected, there: expected });
  });
});

describe("the runtime in a page", () => {
  /** Makes `client`, `request` and the decoders in the page once. */
  before(() =>
    page.evaluate(async () => {
      const modules = ["core", "request", "stream", "download", "upload", "multipart", "auth", "webhooks"];
      const parts = await Promise.all(modules.map((name) => import(`/runtime/${name}.js`)));
      const sdk = Object.assign({}, ...parts);
      const settings = { name: "shop", version: "1.2.3", prefix: "SHOP", baseUrl: "/api", security: [], schemes: [] };
      sdk.clientOf = (options = {}, more = {}) => new sdk.Core({ ...settings, ...more }, { dangerouslyAllowBrowser: true, ...options });
      sdk.get = (path, more = {}) => ({ id: "get", method: "GET", path: [path], ...more });
      sdk.post = (type, encoder, encodings) => ({ id: "post", method: "POST", path: ["/up"], body: { forms: [[type, encoder, encodings]] } });
      sdk.caught = (promise) => promise.then(() => "nothing", (error) => [error.name, error.message]);
      globalThis.sdk = sdk;
    }),
  );

  test("a base URL without an origin is below the page's; no user agent is set", async () => {
    const { requests } = await inPage(async () => {
      const { clientOf, get, request } = sdk;
      await request(clientOf(), get("/thing"));
      await request(clientOf({ baseUrl: "/" }), get("/thing"));
      await request(clientOf({ baseUrl: "/api/v2/" }), get("/thing"));
    });
    assert.deepEqual(requests.map(({ url }) => url), ["/api/thing", "/thing", "/api/v2/thing"]);
    assert.doesNotMatch(requests[0].headers["user-agent"], /portolan/);
  });

  test("files, blobs, bytes, streams and iterators go up, and again on a retry unless they are streams", async () => {
    const { value, requests } = await inPage(async () => {
      const { binary, clientOf, get, multipart, post, request } = sdk;
      async function* pieces() {
        yield new TextEncoder().encode("stre");
        yield new TextEncoder().encode("amed");
      }
      const client = clientOf();
      const bodies = [new File(["file"], "a.gif", { type: "image/gif" }), new Blob(["blob"]), new TextEncoder().encode("bytes"), "text", new Blob(["stream"]).stream(), pieces()];
      for (const body of bodies) await request(client, post("*/*", binary), [], { body });
      const files = { files: [new File(["1"], "1.txt", { type: "text/plain" }), { content: pieces(), name: "2.bin" }], note: "n" };
      await request(client, post("multipart/form-data", multipart), [], { body: files });
      await request(client, get("/busy", { method: "POST", body: { forms: [["*/*", binary]] } }), [], { body: new Blob(["again"]) });
      return bodies.length;
    });
    assert.equal(value, 6);
    assert.deepEqual(
      requests.slice(0, 6).map(({ body, headers }) => [body.toString(), headers["content-type"]]),
      [["file", "image/gif"], ["blob", "application/octet-stream"], ["bytes", "application/octet-stream"], ["text", "text/plain;charset=UTF-8"], ["stream", "application/octet-stream"], ["streamed", "application/octet-stream"]],
    );
    const [, boundary] = /boundary=(.*)$/.exec(requests[6].headers["content-type"]);
    assert.deepEqual(
      requests[6].body.toString().split(`--${boundary}`).slice(1, -1).map((part) => part.split("\r\n\r\n")[1].trim()),
      ["1", "streamed", "n"],
    );
    assert.deepEqual(requests.slice(7).map(({ body }) => body.toString()), ["again", "again"]);
  });

  test("a stream of events is resumed, left, closed and stopped with the reason of its signal", async () => {
    const { value, requests } = await inPage(async () => {
      const { clientOf, events, get, request } = sdk;
      const watch = get("/events", { responses: [["text/event-stream", events]], query: [["endless"]] });
      const seen = [];
      for await (const item of await request(clientOf(), watch)) seen.push(item);
      const endless = { endless: 1 };
      for await (const item of await request(clientOf(), watch, [], endless)) {
        seen.push(item);
        break;
      }
      const closing = await request(clientOf(), watch, [], endless);
      setTimeout(() => closing.close(), 50);
      for await (const item of closing) seen.push(item);
      const controller = new AbortController();
      const stopped = await request(clientOf(), watch, [], endless, { signal: controller.signal });
      setTimeout(() => controller.abort("enough"), 50);
      let reason;
      try {
        for await (const _ of stopped);
      } catch (error) {
        reason = error;
      }
      return [seen.slice(0, 4), reason];
    });
    assert.deepEqual(value, [[1, 2, 3, 1], "enough"]);
    assert.deepEqual(requests.map(({ url, headers }) => [url, headers["last-event-id"]]), [["/api/events", undefined], ["/api/events", "e2"], ...Array(3).fill(["/api/events?endless=1", undefined])]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(closed.filter((path) => path === "/api/events").length, 5, "every connection is over");
  });

  test("integers, text and files come down; what breaks or is late is typed", async () => {
    const { value } = await inPage(async () => {
      const { caught, clientOf, download, get, request, text } = sdk;
      const client = clientOf({ maxRetries: 0 });
      const file = await request(client, get("/text", { responses: [["*/*", download]] }));
      return {
        big: String((await request(client, get("/big"))).id),
        text: await request(client, get("/text", { responses: [["text/plain", text]] })),
        file: [file.size, (await file.bytes()).length],
        disk: await caught((await request(client, get("/text", { responses: [["*/*", download]] }))).saveTo("a")),
        cut: (await caught(request(client, get("/cut"))))[0],
        late: await caught(request(client, get("/silent"), [], {}, { timeout: 50 })),
        nobody: (await caught(request(clientOf({ baseUrl: "http://127.0.0.1:1", maxRetries: 0 }), get("/"))))[0],
      };
    });
    assert.deepEqual(value, {
      big: "9007199254740993",
      text: "é",
      file: [2, 2],
      disk: ["ArgumentError", "files need `node:fs`, which is not here"],
      cut: "ConnectionError",
      late: ["TimeoutError", "no complete answer within 50 ms"],
      nobody: "ConnectionError",
    });
  });

  test("a redirect is followed with nothing but what a browser takes away; with a key it is refused", async () => {
    const { value, requests } = await inPage(async () => {
      const { bearer, caught, clientOf, get, keyInHeader, request } = sdk;
      const scheme = (apply) => ({ schemes: [["s", { apply, options: [["key", "SHOP_KEY"]], parameter: "X-Key" }]], security: [[["s"]]] });
      await request(clientOf({ key: "k" }, scheme(bearer)), get("/moved"));
      return caught(request(clientOf({ key: "k", maxRetries: 0 }, scheme(keyInHeader)), get("/moved")));
    });
    assert.deepEqual(value, ["ConnectionError", "the answer is a redirect, and a browser would take the credentials along"]);
    assert.deepEqual(requests.map(({ url }) => url), ["/api/moved", "/api/target", "/api/moved"]);
  });

  test("a session cookie is the browser's: nothing is missing, and none can be given", async () => {
    const { value, requests } = await inPage(async () => {
      const { caught, clientOf, get, keyInCookie, request } = sdk;
      const more = { schemes: [["s", { apply: keyInCookie, options: [["key", "SHOP_KEY"]], parameter: "sid", inCookie: true }]], security: [[["s"]]] };
      window.document.cookie = "sid=mine";
      await request(clientOf({}, more), get("/thing"));
      window.document.cookie = "sid=; max-age=0";
      return caught(request(clientOf({ key: "k" }, more), get("/thing")));
    });
    assert.equal(value[0], "ArgumentError");
    assert.deepEqual(requests.map(({ headers }) => headers.cookie), ["sid=mine"]);
  });

  test("a webhook is verified by Web Crypto", async () => {
    const { value } = await inPage(() => {
      const headers = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330", "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" };
      return sdk.unwrap('{"test": 2432232314}', headers, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", { now: new Date(1614265330 * 1000) });
    });
    assert.deepEqual(value, { test: 2432232314 });
  });
});
