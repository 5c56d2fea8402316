// Checks an emitted JavaScript package as its users' tools would: every script parses and can be imported, and a program
// that imports the client and one function of each resource passes `tsc --strict`, with the options that ask for more, in a
// web page's project (`bundler`) and in a server's (`nodenext`), there also from CommonJS.
//
//   node tests/javascript/check.mjs PACKAGE...      one line per package: ok or what failed; exit 1 when any failed

import { execFile } from "node:child_process";
import { mkdtemp, mkdir, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), "node_modules");

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noEmit: true,
  target: "es2022",
  skipLibCheck: false,
  preserveSymlinks: true,
  typeRoots: [join(modules, "@types")],
};

/** A web page knows the browser and nothing of Node, a server the other way round. */
const PROJECTS = {
  bundler: { options: { module: "esnext", lib: ["es2022", "dom", "dom.iterable"], types: [] }, files: ["consumer.ts"] },
  nodenext: { options: { module: "nodenext", lib: ["es2022"], types: ["node"] }, files: ["consumer.ts", "required.cts"] },
};

/** Every file below a folder. */
async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Imports all scripts in one process, and loads the package from CommonJS. */
async function imports(folder, scripts) {
  const lines = scripts.filter((file) => file.endsWith(".js")).map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)});`);
  const program = `import { createRequire } from "node:module";\n${lines.join("\n")}\ncreateRequire(import.meta.url)(${JSON.stringify(folder)});\n`;
  // Importing parses every script, so it is `node --check` for all at once.
  await run(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program], { maxBuffer: 1 << 26 });
}

/** The name of the client's class. */
async function clientOf(folder) {
  return /export \{ (\w+) \} from ".\/client.js"/.exec(await readFile(join(folder, "index.js"), "utf8"))[1];
}

/** A program in CommonJS. */
async function required(folder, name) {
  const client = await clientOf(folder);
  return `import sdk = require(${JSON.stringify(name)});

const client: sdk.${client} = new sdk.${client}({ baseUrl: "http://127.0.0.1" });
export = [client, sdk.ApiError];
`;
}

/** A program that uses the client and one function of each resource. */
async function consumer(folder, name) {
  const client = await clientOf(folder);
  const lines = [`import { ${client}, ApiError, type RequestOptions } from ${JSON.stringify(name)};`];
  const uses = [];
  for (const file of (await readdir(join(folder, "resources")).catch(() => [])).sort()) {
    if (!file.endsWith(".js")) continue;
    const [, one] = /^export function (\w+)\(/m.exec(await readFile(join(folder, "resources", file), "utf8")) ?? [];
    if (!one) continue;
    const alias = `one${uses.length}`;
    lines.push(`import { ${one} as ${alias} } from ${JSON.stringify(`${name}/resources/${basename(file, ".js")}`)};`);
    uses.push(alias);
  }
  return `${lines.join("\n")}

const client = new ${client}({ timeout: 1_000, headers: { "x-a": "b" } });
const options: RequestOptions = { signal: AbortSignal.timeout(1) };
export const all: unknown[] = [client.withOptions({ maxRetries: 0 }), options, ApiError, ${uses.join(", ")}];
`;
}

async function types(folder, name) {
  const scratch = await mkdtemp(join(tmpdir(), "portolan-javascript-"));
  try {
    await mkdir(join(scratch, "node_modules", dirname(name)), { recursive: true });
    await symlink(folder, join(scratch, "node_modules", name));
    await writeFile(join(scratch, "package.json"), '{ "type": "module" }');
    await writeFile(join(scratch, "consumer.ts"), await consumer(folder, name));
    await writeFile(join(scratch, "required.cts"), await required(folder, name));
    const config = async ([resolution, own]) => {
      const path = join(scratch, `tsconfig.${resolution}.json`);
      await writeFile(path, JSON.stringify({ compilerOptions: { ...STRICT, moduleResolution: resolution, ...own.options }, files: own.files }));
      return run(join(modules, ".bin", "tsc"), ["-p", path, "--pretty", "false"], { maxBuffer: 1 << 26 }).then(
        () => [],
        (error) => [`tsc ${resolution}: ${error.stdout.trim() || error.message}`],
      );
    };
    const failures = [];
    for (const project of Object.entries(PROJECTS)) failures.push(...(await config(project)));
    return failures;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

let failed = false;
for (const argument of process.argv.slice(2)) {
  const folder = resolve(argument);
  const begun = Date.now();
  const { name } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const scripts = (await files(folder)).filter((file) => /\.c?js$/.test(file)).sort();
  const failures = [];
  await imports(folder, scripts).catch((error) => failures.push(`import: ${error.stderr || error.message}`));
  failures.push(...(await types(folder, name)));
  failed ||= failures.length > 0;
  console.log(`${failures.length ? "failed" : "ok"}\t${argument}\t${scripts.length} scripts\t${Date.now() - begun} ms`);
  for (const failure of failures) console.log(failure.split("\n").slice(0, 12).join("\n"));
}
process.exitCode = failed ? 1 : 0;
