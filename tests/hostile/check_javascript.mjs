// Checks JavaScript made of hostile documents against their harmless twin: the same program but for names and texts.
//
//   node check_javascript.mjs HARMLESS HOSTILE...    folders with `sdk/javascript` and `samples`; exit 1 with a line per fault
//
// Every script parses (by acorn); they have the twin's tree, and declarations the twin's tokens, texts and names apart;
// names are ASCII; comments hold nothing that a tool obeys, and nothing turns the reading direction; package.json has the
// twin's keys. `CANARY` is never a name that is read, and nobody calls it: not when scripts are imported, and not when every
// sample runs against a server that is not there. No prototype is changed.

import * as acorn from "acorn";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const faults = new Set();
const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
/** What a tool would obey in a comment. */
const OBEYED = /^\s*(@ts-|eslint|prettier-ignore|[#@]\s*source(Mapping)?URL=|\/\s*<reference|webpack|@jsx|@license|@flow)/;

const KEYWORDS = new Set("import export type interface declare class function const extends readonly constructor from as with".split(" "));

/** Every file that is made of the document, runtimes apart: those are the same for everybody. */
function files(folder, ending) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile() && ending.test(entry.name)).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => relative(folder, path)).filter((path) => !/(^|\/)(runtime|node_modules)\//.test(path)).sort();
}

/** The tree in order, without texts and names. */
function* shape(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* shape(child);
    yield "end";
  } else if (node !== null && typeof node === "object" && typeof node.type === "string") {
    // `a.b` and `a["b"]`, `{ b: 1 }` and `{ "b": 1 }` are one thing: which one is written depends on the name.
    const name = node.type === "Identifier" || (node.type === "Literal" && typeof node.value === "string");
    yield name ? "text" : node.type;
    if (name) return;
    for (const [key, value] of Object.entries(node)) {
      if (!["type", "start", "end", "computed", "raw", "value", "name"].includes(key) || (key === "value" && typeof value === "object")) yield* shape(value);
    }
  }
}

/** Every identifier, with whether it is a mere key. */
function* identifiers(node, key = false) {
  if (Array.isArray(node)) {
    for (const child of node) yield* identifiers(child);
  } else if (node !== null && typeof node === "object" && typeof node.type === "string") {
    if (node.type === "Identifier") yield { name: node.name, key };
    for (const [field, value] of Object.entries(node)) {
      if (field === "value" && node.type === "Literal") continue;
      yield* identifiers(value, !node.computed && (field === "key" || field === "property"));
    }
  }
}

function script(text, label) {
  let tree;
  const comments = [];
  try {
    tree = acorn.parse(text, { ecmaVersion: "latest", sourceType: label.endsWith(".cjs") ? "script" : "module", allowHashBang: true, onComment: comments });
  } catch (error) {
    faults.add(`${label}: does not parse: ${error.message}`);
    return undefined;
  }
  for (const { name, key } of identifiers(tree)) {
    if (!/^[A-Za-z_$][A-Za-z0-9_$]{0,127}$/.test(name)) faults.add(`${label}: the name ${JSON.stringify(name)}`);
    if (name === "CANARY" && !key) faults.add(`${label}: CANARY is code`);
  }
  const obeyed = comments.filter(({ value }) => OBEYED.test(value)).map(({ value }) => value);
  return [...shape(tree), ...obeyed].join(" ");
}

/**
 * The tokens of a declaration file; names and texts are one kind. Written by hand: the compiler that is installed
 * has no interface for programs, and tokens say all that a tree would.
 */
function declaration(text, label) {
  const token = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*|"(?:[^"\\\n\r]|\\.)*"|[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?n?|=>|\.\.\.|[{}()[\]<>:;,.?|&=*#+-]|\s+|[^]/g;
  const tokens = [];
  for (const [found] of text.matchAll(token)) {
    if (/^(\/\*|\/\/)/.test(found)) {
      if (OBEYED.test(found.slice(2).replace(/^\*/, ""))) tokens.push(found);
    } else if (/^["A-Za-z_$]/.test(found)) {
      tokens.push(KEYWORDS.has(found) ? found : "text");
    } else if (/^\d|^-\d/.test(found)) {
      tokens.push("number");
    } else if (!/^\s/.test(found) && !(found === "|" && tokens.at(-1) === "=")) {
      // A bar in front of the first member of a union is layout.
      if (!/^[{}()[\]<>:;,.?|&=*#+-]|=>$/.test(found)) faults.add(`${label}: the token ${JSON.stringify(found)}`);
      tokens.push(found);
    }
  }
  // Members of a union stand in the order of their names, which are the document's.
  return tokens.sort().join(" ");
}

/** What of settings is not the document's to choose. */
function keys(value) {
  if (Array.isArray(value)) return value.map(keys);
  if (value === null || typeof value !== "object") return typeof value;
  return Object.entries(value).map(([key, member]) => [key, keys(member)]);
}

const seen = new Map();

/** What of a file must be the twin's. */
function check(path, text, label) {
  const hidden = HIDDEN.exec(text);
  if (hidden) faults.add(`${label}: the character U+${hidden[0].codePointAt(0).toString(16)}`);
  if (path.endsWith(".json")) return JSON.stringify(keys(JSON.parse(text)));
  return /ts$/.test(path) ? declaration(text, label) : script(text, label);
}

/** All that is made for a case, without its texts and names. */
function read(folder) {
  const made = new Map();
  const counts = new Map();
  for (const path of files(folder, /\.(d\.[cm]?ts|[cm]?js)$|^package\.json$/)) {
    const text = readFileSync(join(folder, path), "utf8");
    // Files are named after resources and operations: their order in the folder is what twins share.
    const kind = `${dirname(path)} ${/\.[^/]*$/.exec(path)[0]}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    // Files with the same text are read once.
    const same = `${/\.[^/]*$/.exec(path)[0]} ${text}`;
    if (!seen.has(same)) seen.set(same, check(path, text, join(folder, path)));
    made.set(`${kind} ${counts.get(kind)}`, seen.get(same));
  }
  return made;
}

function compare(whole, folder) {
  const made = read(folder);
  const samples = existsSync(join(folder, "samples"));
  const twin = new Map([...whole].filter(([key]) => samples || !key.startsWith("samples")));
  if (made.size === 0 || made.size !== twin.size) faults.add(`${folder}: ${made.size} files, ${twin.size} of the twin`);
  const known = new Set(twin.values());
  for (const [key, value] of made) {
    if (value !== undefined && twin.get(key) !== value && !known.has(value)) faults.add(`${folder}: ${key}: another program than its twin`);
  }
}

let sent = 0;

/** Imports every script of the package, and runs every sample. */
async function run(folder) {
  const root = join(folder, "sdk", "javascript");
  const load = (path, label) =>
    import(pathToFileURL(path).href).catch((error) => {
      // A value that cannot travel is refused before anything is sent.
      if (!["ArgumentError", "DecodeError"].includes(error?.name)) faults.add(`${label}: ${error}`);
      return error;
    });
  for (const path of files(root, /\.[cm]?js$/)) await load(join(root, path), path);
  const modules = join(folder, "samples", "node_modules");
  if (!existsSync(join(folder, "samples"))) return;
  mkdirSync(modules, { recursive: true });
  if (!existsSync(join(modules, "everywhere"))) symlinkSync(root, join(modules, "everywhere"));
  for (const sample of JSON.parse(readFileSync(join(folder, "samples", "samples.json"), "utf8"))) {
    if (sample.target !== "javascript") continue;
    for (const name of sample.environment) process.env[name] = "secret";
    const path = join(folder, "samples", sample.file);
    process.chdir(dirname(path));
    const before = sent;
    const done = await load(path, `${basename(folder)}: ${sample.operation}`);
    if (sent === before && !(done instanceof Error)) faults.add(`${basename(folder)}: ${sample.operation}: nothing was sent`);
  }
}

globalThis.CANARY = () => faults.add("CANARY was called");
globalThis.fetch = async (_, init) => {
  sent += 1;
  const kind = new Headers(init?.headers).get("accept")?.split(",")[0] ?? "";
  if (kind === "text/event-stream") return new Response("data: {}\n\n", { headers: { "content-type": kind } });
  if (/^application\/(jsonl|octet-stream)/.test(kind)) return new Response("{}\n", { headers: { "content-type": kind } });
  return new Response('{"__proto__":{"CANARY":1},"constructor":{"prototype":{"CANARY":1}}}', { headers: { "content-type": "application/json" } });
};
const print = console.log;
console.log = () => {};
const [harmless, ...hostile] = process.argv.slice(2).map((path) => resolve(path));
const twin = read(harmless);
await run(harmless);
if (twin.size === 0 || sent === 0) faults.add("the twin holds no script, or sends nothing");
for (const folder of hostile) {
  compare(twin, folder);
  await run(folder);
}
if ({}.CANARY !== undefined || Object.keys(Object.prototype).length > 0) faults.add("the prototype of objects was changed");
for (const fault of faults) print(fault);
process.exitCode = faults.size > 0 ? 1 : 0;
