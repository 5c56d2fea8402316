// The same package in other hosts of JavaScript than Node 20. Which of them are here is for the machine to say: `node22`, `deno` and
// `bun` are looked for in the path (npm has a package of each).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { generated, mock, root } from "./workshop.mjs";

const HOSTS = { node22: [], deno: ["run", "--allow-all", "--no-lock"], bun: ["run"] };

const PROGRAM = `
import { Bookshop, NotFoundError, fileFromPath } from "../bookshop-node/javascript/index.js";
import { BookshopCore } from "../bookshop-node/javascript/core.js";
import { getBook } from "../bookshop-node/javascript/resources/books.js";

const client = new Bookshop();
const said = {};
said.get = (await client.books.get("bk_winter-light")).id;
said.function = (await getBook(new BookshopCore(), "bk_winter-light")).id;
const ids = [];
for await (const book of client.books.list({ limit: 2 }, { headers: { Prefer: "dynamic=false" } })) if (ids.push(book.id) === 3) break;
said.list = ids.length;
said.error = await client.books.get("bk_winter-light", {}, { headers: { Prefer: "code=404" } }).then(
  () => "none",
  (error) => [error instanceof NotFoundError, error.status, error.name],
);
said.method = await client.request("GET", "/books/bk_winter-light", { headers: { "X-Own": "1" } }).then(({ id }) => id);
said.beyond = await client.request("GET", "/books/bk_winter-light", { body: { beyond: "fetch" } }).then(({ id }) => id);
const book = await fileFromPath(new URL("./book.epub", import.meta.url));
const file = await client.files.upload("bk_winter-light", { file: book, metadata: { file_format: "epub" } });
said.upload = typeof file.sha256;
const download = await client.books.download("bk_winter-light", { file_format: "pdf" });
await download.saveTo(new URL("./saved", import.meta.url));
said.download = (await fileFromPath(new URL("./saved", import.meta.url))).name;
console.log(JSON.stringify(said));
`;

const EXPECTED = {
  get: "bk_winter-light",
  function: "bk_winter-light",
  list: 3,
  error: [true, 404, "NotFoundError"],
  method: "bk_winter-light",
  beyond: "bk_winter-light",
  upload: "string",
  download: "saved",
};

/** The program of a host in the path. */
function found(host) {
  return process.env.PATH.split(delimiter).map((folder) => join(folder, host)).find((path) => existsSync(path));
}

describe("bookshop", () => {
  const here = join(root, "target/sdk/hosts");
  let server;
  before(async () => {
    generated("bookshop");
    rmSync(here, { recursive: true, force: true });
    mkdirSync(here, { recursive: true });
    writeFileSync(join(here, "book.epub"), "a book");
    writeFileSync(join(here, "program.mjs"), PROGRAM);
    server = await mock("bookshop");
  });
  after(() => server?.stop());

  for (const [host, words] of Object.entries({ node: [], ...HOSTS })) {
    test(`runs in ${host}`, { skip: found(host) ? false : `${host} is not in the path` }, async () => {
      const env = { PATH: process.env.PATH, HOME: here, BOOKSHOP_API_KEY: "secret", BOOKSHOP_BASE_URL: `${server.url}/v1`, NO_COLOR: "1" };
      const { stdout } = await promisify(execFile)(found(host), [...words, join(here, "program.mjs")], { cwd: here, env, timeout: 60_000 });
      assert.deepEqual(JSON.parse(stdout), EXPECTED);
    });
  }
});
