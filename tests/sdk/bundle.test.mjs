// One call of an emitted package stays small in a bundle, and brings nothing of the runtime that it does not need.
//
// The goal is 8,192 bytes. Bookshop brings the token requests of OAuth, so that only its list with pages is above it.
// tests/benchmarks/javascript_start.py weighs a large document, beside what other generators make of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { generated, root } from "./workshop.mjs";

// What the runtime exports of which a call as JSON needs nothing, whatever its credentials.
const REST = [
  ["pages", ["Page", "PagePromise", "cursor", "lastItem", "linkHeader", "nextUrl", "offset", "pageNumber", "paginate"]],
  ["streams", ["Stream", "events", "jsonLines", "resumedChunks", "wholeEvents"]],
  ["files", ["Download", "binary", "download", "fileFromPath", "streamOf", "text"]],
  ["bodies", ["formBody", "linesBody", "multipart", "renamed"]],
  ["styles", ["addCookies", "deepObject", "label", "matrix", "pipeDelimited", "wholeQuery"]],
  ["schemes", ["basic", "keyInCookie", "mutualTls"]],
  ["other things", ["beyondFetch", "each", "requestBeyondFetch", "requestUndescribed", "unwrap", "WebhookVerificationError"]],
];

const CALLS = [
  { function: "getBook", resource: "books", with: [], limit: 8_192 },
  { function: "listBooks", resource: "books", with: ["Page", "PagePromise", "cursor", "paginate"], limit: 8_768 },
];

for (const call of CALLS) {
  test(`a bundle of ${call.function} holds what it needs in ${call.limit} bytes`, async () => {
    const folder = dirname(generated("bookshop"));
    const { code, names } = bundled(folder, "Bookshop", call);
    const runtime = await import(pathToFileURL(join(folder, "javascript/runtime/index.js")).href);
    for (const [title, parts] of REST) {
      assert.deepEqual(parts.filter((name) => !Object.hasOwn(runtime, name)), [], "they are in the runtime");
      const expected = parts.filter((name) => call.with.includes(name));
      assert.deepEqual(parts.filter((name) => names.has(name)), expected, title);
    }
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

/** A program of one call, minified, and the names that it declares at its top when it is not. */
function bundled(folder, name, call) {
  const program = [
    `import { ${name}Core } from "./javascript/core.js";`,
    `import { ${call.function} } from "./javascript/resources/${call.resource}.js";`,
    `console.log(await ${call.function}(new ${name}Core(), "bk_1"));`,
  ].join("\n");
  const bundle = (...more) => {
    const options = ["--bundle", "--format=esm", "--platform=browser", "--target=es2022", "--log-level=error", ...more];
    return execFileSync(join(root, "tests/node_modules/.bin/esbuild"), options, { cwd: folder, input: program });
  };
  const declared = String(bundle()).matchAll(/^(?:async )?(?:var|function\*?|class) (\w+)/gm);
  return { code: bundle("--minify"), names: new Set(Array.from(declared, ([, name]) => name)) };
}
