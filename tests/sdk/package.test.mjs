// What lies around the code of an emitted JavaScript package: its own tests, README.md and reference.md, what npm packs.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { promisify } from "node:util";
import { binary, generated, generatedDocument, mock, root } from "./workshop.mjs";

const run = promisify(execFile);
const modules = join(root, "tests/node_modules");
const bare = { PATH: process.env.PATH, HOME: join(root, "target/sdk") };

const APIS = ["bookshop", "payments", "telemetry", "integration"];
const documentOf = (api) => join(root, "specs", api, existsSync(join(root, "specs", api, "openapi.json")) ? "openapi.json" : "openapi.yaml");
const folders = Object.fromEntries(APIS.map((api) => [api, generated(api, documentOf(api))]));
const read = (...path) => readFileSync(join(...path), "utf8");

/** An empty folder below target/sdk whose programs can import some packages. */
function place(name, packages) {
  const folder = join(root, "target/sdk", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const [known, target] of Object.entries(packages)) symlinkSync(target, join(folder, "node_modules", known));
  return folder;
}

/** The path below which a mock answers. */
const serverPath = (api) => /outcome \+ "([^"]*)"/.exec(read(folders[api], "test/client.js"))[1];

/** The package's own tests, as `npm test` runs them. */
async function suite(folder, environment) {
  const [command, ...words] = JSON.parse(read(folder, "package.json")).scripts.test.split(" ");
  assert.equal(command, "node");
  const { stdout } = await run(process.execPath, ["--test-reporter=tap", ...words], { timeout: 120_000, cwd: folder, env: { ...bare, ...environment } });
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(stdout)[1]);
  return { stdout, passed: count("pass"), failed: count("fail") };
}

const blocks = (text) => [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

/** Every operation of an API with its sample. */
async function samples(api, folder) {
  rmSync(folder, { recursive: true, force: true });
  await run(binary, ["samples", documentOf(api), "--target", "javascript", "--out", folder, "--package", api]);
  return JSON.parse(read(folder, "samples.json")).map(({ operation, file }) => ({ operation, text: read(folder, file) }));
}

for (const api of APIS) {
  const folder = folders[api];
  const name = api.toUpperCase();

  describe(api, () => {
    test("the package's own tests pass", async () => {
      const { stdout, passed, failed } = await suite(folder, { PORTOLAN: binary, [`${name}_DOCUMENT`]: documentOf(api) });
      const { resources } = JSON.parse((await run(binary, ["inspect", documentOf(api), "--stage", "model", "--quiet"], { maxBuffer: 1 << 26 })).stdout);
      const count = (list) => list.reduce((sum, { operations, resources }) => sum + operations.length + count(resources), 0);
      assert.deepEqual({ passed, failed }, { passed: count(resources), failed: 0 }, stdout);
    });

    test("every program of the readme runs", async () => {
      const programs = blocks(read(folder, "README.md"));
      const client = /new (\w+)Core\(/.exec(read(folder, "README.md"))?.[1];
      const here = place(`readme-js-${api}`, { [api]: folder, undici: join(modules, "undici") });
      const files = programs.map((code, index) => {
        for (const [, file] of code.matchAll(/fileFromPath\("([^"]+)"\)/g)) writeFileSync(join(here, file), "content");
        const known = /^const client = /m.test(code) ? "" : `import { ${client} } from "${api}";\nconst client = new ${client}();\n`;
        writeFileSync(join(here, `${index}.mjs`), known + code);
        return `await import("./${index}.mjs");`;
      });
      writeFileSync(join(here, "all.mjs"), files.join("\n"));
      const variables = [...read(folder, "README.md").matchAll(/^\| `\w+` \| `(\w+)` \|/gm)].map(([, variable]) => variable);
      // A ready token is enough where a client could fetch one.
      const secrets = Object.fromEntries(variables.filter((variable) => !variable.includes("_CLIENT_")).map((variable) => [variable, "secret"]));
      const server = await mock(api, documentOf(api));
      try {
        const environment = { ...bare, ...secrets, [`${name}_BASE_URL`]: server.url + serverPath(api) };
        await run(process.execPath, ["all.mjs"], { cwd: here, env: environment, maxBuffer: 1 << 26, timeout: 60_000 });
      } finally {
        server.stop();
      }
      assert.ok(programs.length >= 6);
    });

    test("the reference has every operation with its sample", async () => {
      const text = read(folder, "reference.md");
      const shown = new Set(blocks(text));
      const listed = await samples(api, join(root, "target/sdk", `reference-js-${api}`));
      assert.ok(listed.length > 0);
      assert.deepEqual(listed.filter(({ text }) => !shown.has(text)).map(({ operation }) => operation), []);
      for (const [, link] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) assert.ok(existsSync(join(folder, link)), link);
      for (const [, functions, module] of text.matchAll(/import \{ (\w+) \} from "[^"]+\/resources\/([^"]+)"/g)) {
        assert.match(read(folder, "resources", `${module}.js`), new RegExp(`^export function ${functions}\\(`, "m"));
      }
    });

    test("publint has nothing to suggest", async () => {
      const { publint } = await import("publint");
      const { messages } = await publint({ pkgDir: folder, strict: true, pack: false });
      assert.deepEqual(messages, []);
    });
  });
}

test("a suite does not assert what the document's examples contradict", async () => {
  const answers = (schema, example) => ({ get: { responses: { 200: { description: "", content: { "application/json": { schema, example } } } } } });
  const count = { type: "object", required: ["count"], properties: { count: { type: "integer" } } };
  const never = { type: "object", required: ["count"], properties: { count: { type: "integer", example: "many" } } };
  const paths = {
    "/right": answers(count, { count: 1 }),
    "/made": answers(count, { count: "one" }),
    "/never": answers(never, undefined),
  };
  const folder = generatedDocument("examples", { openapi: "3.1.0", info: { title: "Examples", version: "1" }, paths });
  const document = join(root, "target/sdk/examples.json");
  const { stdout, passed } = await suite(folder, { PORTOLAN: binary, EXAMPLES_DOCUMENT: document });
  assert.equal(passed, 3, stdout);
  const asked = readdirSync(join(folder, "test")).map((path) => read(folder, "test", path)).filter((text) => text.includes("does not fit its type: the mock makes one"));
  assert.equal(asked.length, 1);
  assert.match(asked[0], /\{ headers: \{ Prefer: "dynamic=true" \} \}\);\n    assertShape\(/);
});

describe("the bookshop's package", () => {
  const folder = folders.bookshop;

  test("skips its tests without a mock, and says why", async () => {
    for (const [environment, missing] of [[{}, "BOOKSHOP_DOCUMENT"], [{ BOOKSHOP_DOCUMENT: documentOf("bookshop"), PORTOLAN: "/nonexistent" }, "PORTOLAN"]]) {
      const { stdout, passed, failed } = await suite(folder, environment);
      assert.deepEqual({ passed, failed }, { passed: 0, failed: 0 });
      assert.match(stdout, new RegExp(`# SKIP no server: set BOOKSHOP_BASE_URL, or ${missing} to start a mock`));
    }
  });

  test("fails its tests when answers have another shape", async () => {
    const { createServer } = await import("node:http");
    const server = createServer((_, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"id":7}'));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const environment = { BOOKSHOP_BASE_URL: `http://127.0.0.1:${server.address().port}`, BOOKSHOP_API_KEY: "a", BOOKSHOP_TOKEN: "b" };
    await assert.rejects(suite(folder, environment), ({ stdout }) => {
      assert.match(stdout, /the answer\.id is number, not string/);
      return /^# pass [0-6]$/m.test(stdout);
    });
    server.close();
  });

  test("speaks of what its API has", () => {
    const sections = (api) => [...read(folders[api], "README.md").matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    const everywhere = ["The first call", "Errors", "One function alone", "Timeouts and retries", "Logging", "Tests"];
    for (const api of APIS) assert.deepEqual(everywhere.filter((title) => !sections(api).includes(title)), []);
    const has = (api, title) => sections(api).includes(title);
    assert.ok(["Pages", "Uploads", "Downloads", "Authentication"].every((title) => has("bookshop", title)));
    assert.ok(has("telemetry", "Streams") && !has("bookshop", "Streams"));
    assert.ok(has("payments", "Webhooks") && !has("telemetry", "Webhooks"));
    assert.ok(!has("integration", "Authentication"));
  });
});

test("samples and suites are typed", { skip: existsSync(join(modules, ".bin/tsc")) ? false : "npm ci in tests/ brings tsc" }, async () => {
  const here = place("typed-js", { "@types": join(modules, "@types"), "undici-types": join(modules, "undici-types"), ...folders });
  const compilerOptions = { strict: true, allowJs: true, checkJs: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: ["node"], preserveSymlinks: true };
  for (const api of APIS) {
    await samples(api, join(here, "samples", api));
    // Within a project of their own, not below node_modules, where no script is looked at.
    cpSync(join(folders[api], "test"), join(here, "suites", api), { recursive: true });
  }
  writeFileSync(join(here, "package.json"), '{ "type": "module" }');
  writeFileSync(join(here, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["samples", "suites"] }));
  const said = await run(join(modules, ".bin/tsc"), ["-p", here, "--pretty", "false", "--listFiles"], { maxBuffer: 1 << 26 }).catch((error) => assert.fail(error.stdout));
  assert.ok(said.stdout.split("\n").filter((file) => /\/(samples|suites)\//.test(file)).length > 50);
});

describe("what npm packs", () => {
  const here = join(root, "target/sdk/npm");
  const npm = (...words) => run("npm", [...words, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: here, env: { ...bare, npm_config_cache: join(here, "cache") } });

  before(async () => {
    rmSync(here, { recursive: true, force: true });
    mkdirSync(here, { recursive: true });
    await npm("pack", folders.bookshop);
    writeFileSync(join(here, "package.json"), "{}");
    await npm("install", "./bookshop-1.4.0.tgz");
  });

  test("is what the package needs, and nothing else", () => {
    const installed = join(here, "node_modules/bookshop");
    const files = (folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const made = files(folders.bookshop).filter((path) => !/^(test\/|\.gitignore$|\.portolan\.json$)/.test(path));
    assert.deepEqual(files(installed).sort(), made.sort());
    for (const path of ["LICENSE", "CHANGELOG.md", "README.md", "reference.md", "index.cjs", "types.d.ts"]) assert.ok(made.includes(path), path);
    assert.deepEqual(readdirSync(join(here, "node_modules")).filter((name) => !name.startsWith(".")), ["bookshop"]);
    assert.match(read(installed, "runtime/index.js"), /^\/\/ SPDX-License-Identifier: 0BSD\n/);
    assert.equal(JSON.parse(read(installed, "package.json")).license, "MIT");
  });

  test("makes calls once it is installed, from modules of both kinds and by one function", async () => {
    const programs = {
      "module.mjs": 'import { Bookshop } from "bookshop";\nconst { id } = await new Bookshop().books.get("bk_1");\nconsole.log(id);\n',
      "function.mjs": 'import { BookshopCore } from "bookshop/core";\nimport { getBook } from "bookshop/resources/books";\nconst { id } = await getBook(new BookshopCore(), "bk_1");\nconsole.log(id);\n',
      "common.cjs": 'const { Bookshop } = require("bookshop");\nnew Bookshop().books.get("bk_1").then(({ id }) => console.log(id));\n',
    };
    const server = await mock("bookshop");
    try {
      const env = { ...bare, BOOKSHOP_API_KEY: "secret", BOOKSHOP_BASE_URL: `${server.url}/v1` };
      const calls = Object.entries(programs).map(async ([file, text]) => {
        writeFileSync(join(here, file), text);
        const { stdout } = await run(process.execPath, ["--disable-warning=ExperimentalWarning", file], { cwd: here, env });
        assert.match(stdout, /^bk_\S+\n$/, file);
      });
      await Promise.all(calls);
    } finally {
      server.stop();
    }
  });
});
