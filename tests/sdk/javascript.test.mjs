// The emitted JavaScript packages against the mock: what a person does with an API, and what goes wrong.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { generated, imported, mock, recorder, root } from "./workshop.mjs";

const prefer = (text, more = {}) => ({ headers: { Prefer: text }, ...more });

describe("bookshop", () => {
  let server, sdk, client;
  before(async () => {
    [server, sdk] = await Promise.all([mock("bookshop"), imported("bookshop")]);
    client = new sdk.Bookshop({ apiKey: "secret", baseUrl: `${server.url}/v1` });
  });
  after(() => server?.stop());

  test("a list iterates over all its pages", async () => {
    let page = await client.books.list({ limit: 2 });
    const size = page.items.length;
    let pages = 1;
    while (page.hasNextPage()) {
      page = await page.nextPage();
      pages++;
    }
    assert.equal(pages, 3);
    const titles = [];
    for await (const book of client.books.list({ limit: 2 })) titles.push(book.title);
    assert.ok(titles.length > size && size > 0, `${titles.length} of ${size}`);
  });

  test("one thing is read", async () => {
    const book = await client.books.get("bk_winter-light");
    assert.equal(book.id, "bk_winter-light");
    assert.equal(book.published_on, "2021-10-05");
    assert.deepEqual(book.products.map((product) => product.kind), ["printed", "ebook", "audiobook"]);
  });

  test("something is created", async () => {
    const book = await client.books.create({ title: "The Salt Road", genre: "history", author_ids: ["au_okafor"] });
    assert.ok(book.id && book.title);
  });

  test("what the document forbids is refused", async () => {
    const wrong = client.books.create({ title: "", genre: "history", author_ids: [] });
    await assert.rejects(wrong, (error) => error instanceof sdk.UnprocessableEntityError && error.status === 422);
  });

  test("files go up", async () => {
    const picture = new Blob([new Uint8Array(64)], { type: "image/png" });
    const cover = await client.covers.upload("bk_winter-light", { body: picture });
    assert.ok(cover.content_type);
    const text = new File([new Uint8Array(200_000)], "book.epub", { type: "application/epub+zip" });
    const file = await client.files.upload("bk_winter-light", { file: text, metadata: { file_format: "epub" } });
    assert.ok(file.sha256);
  });

  test("a file comes down", async () => {
    const file = await client.books.download("bk_winter-light", { file_format: "pdf" });
    const bytes = await (file.arrayBuffer?.() ?? file.bytes());
    assert.ok(bytes.byteLength > 0);
  });

  test("a 404 is a typed error with its data", async () => {
    const missing = client.books.get("bk_nothing", {}, prefer("code=404"));
    await assert.rejects(missing, (error) => error instanceof sdk.NotFoundError && error.status === 404 && error.data.resource === "book");
  });

  test("a 503 is tried again until it works", async () => {
    const book = await client.books.get("bk_winter-light", {}, prefer("status-sequence=503,503,200, retry-after=0"));
    assert.equal(book.id, "bk_winter-light");
    const failing = client.books.get("bk_winter-light", {}, prefer("code=503", { maxRetries: 0 }));
    await assert.rejects(failing, (error) => error instanceof sdk.ServerError && error.status === 503);
  });

  test("an answer that takes too long is a timeout", async () => {
    const slow = client.books.get("bk_winter-light", {}, prefer("delay=5", { timeout: 300, maxRetries: 0 }));
    await assert.rejects(slow, (error) => error instanceof sdk.TimeoutError);
  });

  test("a missing credential is named before anything is sent", async () => {
    // Nothing listens at this port: a request would be a connection error.
    const poor = new sdk.Bookshop({ baseUrl: "http://127.0.0.1:9/v1" });
    await assert.rejects(poor.books.get("x"), (error) => error instanceof sdk.MissingCredentialsError && error.message.includes("BOOKSHOP_API_KEY"));
  });
});

describe("payments", () => {
  let server, sdk, client;
  before(async () => {
    [server, sdk] = await Promise.all([mock("payments"), imported("payments")]);
    client = new sdk.Payments({ token: "secret", baseUrl: `${server.url}/v2` });
  });
  after(() => server?.stop());

  test("a list by the last id iterates over all its pages", async () => {
    const page = await client.payments.list({ limit: 1 });
    const all = [];
    for await (const payment of client.payments.list({ limit: 1 })) all.push(payment.id);
    assert.equal(all.length, 3 * page.items.length);
  });

  test("a choice of bodies is created; a decimal stays text", async () => {
    const payment = await client.payments.create({
      amount: { value: "1250.00", currency: "EUR" },
      payment_method: { type: "bank_transfer", iban: "AT483200000012345864", holder: "Noor Haddad" },
    });
    assert.equal(payment.amount.value, "49.90");
  });
});

describe("integers of 64 bits", () => {
  let server;
  before(async () => (server = await mock("bookshop")));
  after(() => server?.stop());

  for (const [int64, price] of [["number-or-bigint", 1990], ["bigint", 1990n], ["string", "1990"]]) {
    test(`come and go as ${int64}`, async () => {
      const sdk = await imported("bookshop", "--int64", int64);
      const client = new sdk.Bookshop({ apiKey: "secret", baseUrl: `${server.url}/v1` });
      const same = (amount) => assert.equal(typeof amount, typeof price, `${amount}`);
      const book = await client.books.get("bk_winter-light");
      for (const product of book.products) same(product.price.amount);
      for (const { total, lines } of (await client.orders.list({ limit: 1 })).items) [total, lines[0].unit_price].forEach((money) => same(money.amount));
      // The mock refuses what is no integer.
      const printed = { kind: "printed", sku: "SK-1234", price: { amount: price, currency: "EUR" }, isbn: "9783000000003", pages: 160 };
      await client.books.create({ title: "The Salt Road", genre: "history", author_ids: ["au_okafor"], products: [printed] });
    });
  }
});

async function gathered(stream) {
  const items = [];
  for await (const item of await stream) items.push(item);
  return items;
}

describe("decimals", () => {
  const decimal = { type: "number", format: "decimal" };
  const rate = {
    type: "object",
    required: ["rate", "weight"],
    properties: { rate: decimal, weight: { type: "number" }, steps: { type: "array", items: decimal }, next: { $ref: "#/components/schemas/Rate" } },
  };
  const content = (schema) => ({ "application/json": { schema } });
  const reference = { $ref: "#/components/schemas/Rate" };
  const responses = { 200: { description: "ok", content: content(reference) }, 422: { description: "no", content: content({ type: "object", properties: { limit: decimal, retry: { type: "number" } } }) } };
  const document = {
    openapi: "3.0.3",
    info: { title: "Rates", version: "1.0.0" },
    paths: { "/rates": { post: { operationId: "createRate", tags: ["rates"], parameters: [{ name: "least", in: "query", schema: decimal }], requestBody: { required: true, content: content(reference) }, responses } } },
    components: { schemas: { Rate: rate } },
  };
  const SENT = '{"rate":0.10000000000000000001,"weight":2.5,"steps":[1e400,7,-0.10],"next":{"rate":12345678901234567890.10,"weight":1}}';

  test("come and go as strings of exactly the digits that travel", async () => {
    const server = await recorder((response, { body, url }) => {
      if (url.includes("least=9.90")) response.writeHead(422, { "content-type": "application/json" }).end('{"limit":9.90,"retry":0.50}');
      else response.writeHead(200, { "content-type": "application/json" }).end(body);
      return true;
    });
    try {
      const path = join(root, "target/sdk/rates.json");
      writeFileSync(path, JSON.stringify(document));
      const folder = generated("rates", path, ["--decimal", "string"]);
      const { Rates } = await import(pathToFileURL(join(folder, "index.js")).href);
      const client = new Rates({ baseUrl: server.url });
      const value = { rate: "0.10000000000000000001", weight: 2.5, steps: ["1e400", "7", "-0.10"], next: { rate: "12345678901234567890.10", weight: 1 } };
      const call = client.rates.create(value);
      assert.deepEqual(await call, value);
      assert.equal(await (await call.asResponse()).text(), SENT);
      const error = await client.rates.create({ ...value, least: "9.90" }).then(assert.fail, (reason) => reason);
      assert.deepEqual(error.data, { limit: "9.90", retry: 0.5 });
      assert.match(readFileSync(join(folder, "types.d.ts"), "utf8"), /rate: string;\n {2}weight: number;/);
    } finally {
      server.stop();
    }
  });

  test("items of streams and of lines are converted one by one", async () => {
    const lines = { "application/jsonl": { itemSchema: reference } };
    const answers = { 200: { description: "ok", content: { "text/event-stream": { itemSchema: reference } } } };
    const paths = {
      "/lines": { post: { operationId: "sendLines", tags: ["rates"], requestBody: { required: true, content: lines }, responses: { 200: { description: "ok", content: lines } } } },
      "/events": { get: { operationId: "watchEvents", tags: ["rates"], responses: answers } },
    };
    const item = '{"rate":0.10000000000000000001,"weight":2.5}';
    const sent = [];
    const server = await recorder((response, { body, url }) => {
      if (url === "/lines") sent.push(String(body));
      response.writeHead(200, { "content-type": url === "/events" ? "text/event-stream" : "application/jsonl" });
      response.end(url === "/events" ? `data: ${item}\n\n` : body);
      return true;
    });
    try {
      const path = join(root, "target/sdk/streams.json");
      writeFileSync(path, JSON.stringify({ ...document, openapi: "3.2.0", paths }));
      const folder = generated("streams", path, ["--decimal", "string"]);
      const { Streams } = await import(pathToFileURL(join(folder, "index.js")).href);
      const client = new Streams({ baseUrl: server.url });
      const value = { rate: "0.10000000000000000001", weight: 2.5 };
      async function* values() {
        yield value;
        yield value;
      }
      for (const body of [[value, value], values()]) assert.deepEqual(await gathered(client.rates.sendLines({ body })), [value, value]);
      assert.deepEqual(sent, Array(2).fill(`${item}\n${item}\n`));
      assert.deepEqual(await gathered(client.rates.watchEvents()), [value]);
    } finally {
      server.stop();
    }
  });
});
