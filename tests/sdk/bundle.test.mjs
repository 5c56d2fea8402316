// One call of an emitted package stays small in a bundle, and brings no module that it does not need.
//
// With the token requests of OAuth, which bookshop asks for; GitHub asks for none, and is 800 bytes below.
// tests/benchmarks/javascript_start.py weighs a large document, beside what other generators make of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { generated, root } from "./workshop.mjs";

// A call as JSON, with retries, errors, timeouts, logs, and the credentials of bookshop.
const ALWAYS = ["auth", "compose", "core", "encode", "errors", "json", "log", "oauth", "platform", "promise", "request", "retry", "state", "styles", "transport"];

const CALLS = [
  { function: "getBook", resource: "books", modules: [], limit: 8_500 },
  { function: "listBooks", resource: "books", modules: ["pages"], limit: 9_000 },
];

for (const call of CALLS) {
  test(`a bundle of ${call.function} holds what it needs in ${call.limit} bytes`, () => {
    const { code, modules } = bundled(dirname(generated("bookshop")), call);
    const expected = [...ALWAYS, ...call.modules].map((name) => `runtime/${name}.js`);
    assert.deepEqual(modules, ["core.js", `resources/${call.resource}.js`, ...expected].sort());
    const size = gzipSync(code, { level: 9 }).length;
    assert.ok(size <= call.limit, `${size} bytes in gzip`);
  });
}

/** A program of one call, minified, and the modules of the package that are in it. */
function bundled(folder, call) {
  const out = join(folder, "bundles", `${call.function}.js`);
  const meta = join(folder, "bundles", `${call.function}.json`);
  const program = [
    `import { BookshopCore } from "./javascript/core.js";`,
    `import { ${call.function} } from "./javascript/resources/${call.resource}.js";`,
    `console.log(await ${call.function}(new BookshopCore(), "bk_1"));`,
  ].join("\n");
  const options = ["--bundle", "--minify", "--format=esm", "--platform=browser", "--target=es2022", "--log-level=error"];
  execFileSync(join(root, "tests/node_modules/.bin/esbuild"), [...options, `--outfile=${out}`, `--metafile=${meta}`], {
    cwd: folder,
    input: program,
  });
  const [output] = Object.values(JSON.parse(readFileSync(meta, "utf8")).outputs);
  const used = Object.entries(output.inputs).filter(([, part]) => part.bytesInOutput > 0);
  const modules = used.map(([path]) => path.replace(/^javascript\//, "")).filter((path) => path !== "<stdin>");
  return { code: readFileSync(out), modules: modules.sort() };
}
