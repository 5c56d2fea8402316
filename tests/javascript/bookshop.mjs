// The package of specs/bookshop against `portolan mock`: what each kind of call gives.
//
//   node tests/javascript/bookshop.mjs PACKAGE BASE-URL

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, baseUrl] = process.argv.slice(2);
const { Bookshop, NotFoundError, TimeoutError, fileFromPath } = await import(pathToFileURL(join(resolve(folder), "index.js")).href);
const client = new Bookshop({ baseUrl, apiKey: "a-key" });
const prefer = (value) => ({ headers: { prefer: value } });

const titles = [];
for await (const book of client.books.list({ genre: "poetry", author_ids: ["au_linden"], language: ["en", "de"] })) {
  titles.push(book.title);
  if (titles.length === 3) break;
}
assert.ok(titles.length > 0 && titles.every((title) => typeof title === "string"), "a list with pages");

const { data: book, response } = await client.books.get("bk_winter-light", { "Accept-Language": "de" }).withResponse();
assert.equal(response.status, 200);
assert.equal(typeof book.title, "string", "get");

const created = await client.books.create({ title: "The Salt Road", genre: "history", author_ids: ["au_okafor"] });
assert.equal(typeof created.id, "string", "create");

const scratch = await mkdtemp(join(tmpdir(), "portolan-bookshop-"));
const path = join(scratch, "winter-light.pdf");
await writeFile(path, "%PDF-1.7");
const file = await fileFromPath(path);
const uploaded = await client.files.upload("bk_winter-light", { file, metadata: { file_format: "pdf", edition: 2 }, samples: [file, file] });
assert.equal(typeof uploaded.sha256, "string", "upload of parts");
const cover = await client.covers.upload("bk_winter-light", { body: new Blob(["JPEG"], { type: "image/jpeg" }) });
assert.equal(typeof cover.url, "string", "upload of bytes");

const download = await client.books.download("bk_winter-light", { file_format: "pdf" });
await download.saveTo(join(scratch, "out"));
assert.ok((await readFile(join(scratch, "out"))).length > 0, "download");

const error = await client.books.get("bk_none", {}, prefer("code=404")).then(assert.fail, (reason) => reason);
assert.ok(error instanceof NotFoundError && typeof error.data.title === "string", "a 404 is a typed error");
const result = await client.books.get("bk_none", {}, prefer("code=404")).asResult();
assert.ok(!result.ok && result.error instanceof NotFoundError, "and a result");

const attempts = [];
const patient = client.withOptions({ hooks: { afterResponse: ({ status }) => void attempts.push(status) } });
await patient.books.get("bk_winter-light", {}, prefer("status-sequence=503,200"));
assert.ok(attempts.join() === "503,200", `a 503 is tried again: ${attempts}`);

const late = await client.books.get("bk_winter-light", {}, { ...prefer("delay=3"), timeout: 100, maxRetries: 0 }).then(assert.fail, (reason) => reason);
assert.ok(late instanceof TimeoutError, "a timeout");

await assert.rejects(new Bookshop({ baseUrl }).books.list(), { name: "MissingCredentialsError" });
await client.books.delete("bk_winter-light");
await rm(scratch, { recursive: true });
console.log(`${titles.length} titles, attempts ${attempts}`);
