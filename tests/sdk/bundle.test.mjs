// One call of an emitted package stays small in a bundle, and brings no module that it does not need.
//
// The goal is 8,192 bytes. Bookshop brings the token requests of OAuth, so that only its list with pages is above it.
// tests/benchmarks/javascript_start.py weighs a large document, beside what other generators make of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { generated, root } from "./workshop.mjs";

// A call as JSON, with retries, errors, timeouts, logs, and the credentials of bookshop.
const ALWAYS = ["auth", "compose", "core", "encode", "errors", "json", "log", "oauth", "platform", "promise", "request", "retry", "state", "styles", "transport"];

const CALLS = [
  { function: "getBook", resource: "books", modules: [], limit: 8_192 },
  { function: "listBooks", resource: "books", modules: ["pages"], limit: 8_704 },
];

for (const call of CALLS) {
  test(`a bundle of ${call.function} holds what it needs in ${call.limit} bytes`, () => {
    const { code, modules } = bundled(dirname(generated("bookshop")), "Bookshop", call);
    const expected = [...ALWAYS, ...call.modules].map((name) => `runtime/${name}.js`);
    assert.deepEqual(modules, ["core.js", `resources/${call.resource}.js`, ...expected].sort());
    const size = gzipSync(code, { level: 9 }).length;
    assert.ok(size <= call.limit, `${size} bytes in gzip`);
  });
}

const GITHUB = join(root, "target/corpus/github-api.json");

test("one call of a large document is at most 8,192 bytes, a list with its pages too", { skip: !existsSync(GITHUB) && "the corpus is not here" }, () => {
  const folder = dirname(generated("github", GITHUB));
  for (const name of ["reposGet", "reposListForOrg"]) {
    const { code } = bundled(folder, "Github", { function: name, resource: "repos" });
    const size = gzipSync(code, { level: 9 }).length;
    assert.ok(size <= 8_192, `${name}: ${size} bytes in gzip`);
  }
});

/** A program of one call, minified, and the modules of the package that are in it. */
function bundled(folder, name, call) {
  const out = join(folder, "bundles", `${call.function}.js`);
  const meta = join(folder, "bundles", `${call.function}.json`);
  const program = [
    `import { ${name}Core } from "./javascript/core.js";`,
    `import { ${call.function} } from "./javascript/resources/${call.resource}.js";`,
    `console.log(await ${call.function}(new ${name}Core(), "bk_1"));`,
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
