// Emitted JavaScript where there is nothing of Node: bundled, at the edge, in workers. And how large one call is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { generated, mock } from "./workshop.mjs";

/** What every platform of the web has, and nothing else. */
const WEB = ["AbortController", "AbortSignal", "ArrayBuffer", "Blob", "File", "Headers", "ReadableStream", "Response", "TextDecoder", "TextEncoder", "URL", "URLSearchParams", "Uint8Array", "atob", "btoa", "clearTimeout", "console", "crypto", "fetch", "queueMicrotask", "setTimeout"];

let folder, server, client;
before(async () => {
  folder = generated("bookshop");
  [server, { text: client }] = await Promise.all([mock("bookshop"), bundle('export * from "./index.js";', "iife")]);
});
after(() => server?.stop());

/** One file of a program that uses the package. What lies outside is an error. */
async function bundle(contents, format, from = folder) {
  const stdin = { contents, resolveDir: from, loader: "js" };
  const { outputFiles, metafile } = await build({ stdin, format, globalName: "sdk", bundle: true, minify: true, platform: "neutral", write: false, metafile: true, logLevel: "silent" });
  const [{ imports }] = Object.values(metafile.outputs);
  return { text: outputFiles[0].text, imports };
}

/** Runs a program with the package as `sdk` where there are only the globals of the web, and `more`. */
function elsewhere(program, more = {}) {
  const globals = Object.fromEntries(WEB.map((name) => [name, globalThis[name]]));
  const context = createContext({ ...globals, baseUrl: `${server.url}/v1`, ...more });
  return runInContext(`${client}\n(async () => { ${program} })()`, context);
}

test("the package imports nothing from outside, Node's modules least of all", async () => {
  const { imports, text } = await bundle('export * from "./index.js";', "esm");
  assert.deepEqual(imports, []);
  assert.doesNotMatch(text, /\bimport\s*[("'{*]|\brequire\s*\(/);
});

test("calls, pages, uploads, downloads and errors work without anything of Node", async () => {
  const facts = await elsewhere(`
    const client = new sdk.Bookshop({ baseUrl, apiKey: "k" });
    let titles = 0;
    for await (const book of client.books.list()) titles += typeof book.title === "string";
    const cover = await client.covers.upload("bk_winter-light", { body: new Blob(["JPEG"], { type: "image/jpeg" }) });
    const file = await client.files.upload("bk_winter-light", { file: new File(["%PDF"], "a.pdf", { type: "application/pdf" }), metadata: { file_format: "pdf" } });
    const { length } = await (await client.books.download("bk_winter-light")).bytes();
    const error = await client.books.get("bk_none", {}, { headers: { prefer: "code=404" } }).catch((error) => error);
    const disk = await sdk.fileFromPath("a.pdf").catch((error) => error);
    return JSON.stringify([titles >= 3, typeof cover.url, typeof file.sha256, length > 0, error instanceof sdk.NotFoundError, disk.name, disk.message, typeof process]);
  `);
  assert.deepEqual(JSON.parse(facts), [true, "string", "string", true, true, "ArgumentError", "files need `node:fs`, which is not here", "undefined"]);
});

test("the environment is read where there is one, and missed quietly where there is none", async () => {
  const call = "return new sdk.Bookshop().books.get('bk_winter-light').then(({ id }) => id, (error) => error.name);";
  const variables = { BOOKSHOP_API_KEY: "k", BOOKSHOP_BASE_URL: `${server.url}/v1` };
  assert.equal(await elsewhere(call), "MissingCredentialsError");
  assert.equal(await elsewhere(call, { process: {} }), "MissingCredentialsError");
  assert.equal(await elsewhere(call, { process: { env: variables } }), "bk_winter-light");
  assert.equal(await elsewhere(call, { Deno: { env: { get: (name) => variables[name] } } }), "bk_winter-light");
  const denied = () => {
    throw new Error("no permission");
  };
  assert.equal(await elsewhere(call, { Deno: { env: { get: denied } } }), "MissingCredentialsError");
});

test("a secret is refused where users can read it: in pages and their workers, not at the edge", async () => {
  const attempt = "try { new sdk.Bookshop({ apiKey: 'k' }); return 'made'; } catch (error) { return error.name; }";
  const importScripts = () => {};
  for (const [more, expected] of [
    [{}, "made"],
    [{ document: {} }, "ArgumentError"],
    [{ importScripts }, "ArgumentError"],
    [{ importScripts, navigator: { userAgent: "Cloudflare-Workers" } }, "made"],
    [{ importScripts, Deno: {} }, "made"],
    [{ document: {}, process: { versions: { node: "20" } } }, "made"],
  ]) {
    assert.equal(await elsewhere(attempt, more), expected, JSON.stringify(Object.keys(more)));
  }
});

test("one call that lists is at most 8 KB", async () => {
  const call = 'import { PaymentsCore } from "./core.js"; import { listPayments } from "./resources/payments.js"; listPayments(new PaymentsCore(), {});';
  const { text } = await bundle(call, "esm", generated("payments"));
  const size = gzipSync(text, { level: 9 }).length;
  assert.ok(size <= 8_192, `${size} bytes`);
});
