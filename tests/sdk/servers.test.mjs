// Where the calls of an emitted package go: servers of the document, of an operation, of the caller, of the environment.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { generatedDocument, importedDocument } from "./workshop.mjs";

const done = { 204: { description: "Done." } };
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Shops", version: "1.0.0" },
  servers: [
    { url: "https://{region}.shops.example/{version}", description: "Production", variables: { region: { default: "eu", enum: ["eu", "us"] }, version: { default: "v1" } } },
    { url: "https://sandbox.shops.example/v1", description: "For trying\n*/ out" },
  ],
  paths: {
    "/books": { get: { operationId: "listBooks", tags: ["books"], responses: done } },
    "/files": { get: { operationId: "listFiles", tags: ["files"], servers: [{ url: "https://{zone}.files.example", variables: { zone: { default: "z1" } } }], responses: done } },
  },
};

/** Where two calls of a client go: one of the document's servers, one of its own. */
async function addresses(options, call) {
  const { Shops } = await importedDocument("shops", DOCUMENT);
  const seen = [];
  const fetch = async (url) => {
    seen.push(url);
    return new Response(null, { status: 204 });
  };
  const client = new Shops({ ...options, fetch });
  await client.books.list(call);
  await client.files.list(call);
  return seen;
}

test("a call goes to the server of its operation, else to the document's first", async () => {
  assert.deepEqual(await addresses(), ["https://eu.shops.example/v1/books", "https://z1.files.example/files"]);
  assert.deepEqual(await addresses({ serverVariables: { region: "us" } }), ["https://us.shops.example/v1/books", "https://z1.files.example/files"]);
});

test("whoever names a server means it for every operation: by option, by call, or in the environment", async (t) => {
  const sandbox = ["https://sandbox.shops.example/v1/books", "https://sandbox.shops.example/v1/files"];
  assert.deepEqual(await addresses({ baseUrl: "https://sandbox.shops.example/v1" }), sandbox);
  assert.deepEqual(await addresses({}, { baseUrl: "https://sandbox.shops.example/v1/" }), sandbox);
  process.env.SHOPS_BASE_URL = "https://sandbox.shops.example/v1";
  t.after(() => delete process.env.SHOPS_BASE_URL);
  assert.deepEqual(await addresses(), sandbox);
});

test("the servers of the document are offered to whoever writes", async () => {
  const types = await readFile(join(generatedDocument("shops", DOCUMENT), "core.d.ts"), "utf8");
  assert.deepEqual(/interface ShopsOptions[\s\S]*?\n}\n/.exec(types)[0].split("\n"), [
    "interface ShopsOptions extends ClientOptions {",
    "  /** The variables of the base URL; unused when `baseUrl` is given. */",
    '  serverVariables?: { region?: "eu" | "us" | undefined; version?: string | undefined } | undefined;',
    "  /**",
    "   * Where the API answers, the first of these unless given:",
    "   * - `https://eu.shops.example/v1`: Production",
    "   * - `https://sandbox.shops.example/v1`: For trying *\\/ out",
    "   */",
    '  baseUrl?: "https://eu.shops.example/v1" | "https://sandbox.shops.example/v1" | (string & {}) | undefined;',
    "}",
    "",
  ]);
});
