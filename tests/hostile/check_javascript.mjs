// Checks JavaScript made of a hostile document against its harmless twin: the same program but for names and texts.
//
//   node check_javascript.mjs HARMLESS HOSTILE      two folders; exit 1 with a line per fault
//
// Every script parses (by acorn); both twins have the same tree, texts and names apart; names are ASCII;
// `CANARY` is never a name that is read; scripts of packages import with a `CANARY` in place that would say so.

import * as acorn from "acorn";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const faults = [];

/** Every script below a folder, by its path. */
function scripts(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name)).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => relative(folder, path)).sort();
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

function check(folder, path) {
  let tree;
  try {
    tree = acorn.parse(readFileSync(join(folder, path), "utf8"), { ecmaVersion: "latest", sourceType: path.endsWith(".cjs") ? "script" : "module", allowHashBang: true });
  } catch (error) {
    faults.push(`${path}: does not parse: ${error.message}`);
    return null;
  }
  for (const { name, key } of identifiers(tree)) {
    if (!/^[A-Za-z_$][A-Za-z0-9_$]{0,127}$/.test(name)) faults.push(`${path}: the name ${JSON.stringify(name)}`);
    if (name === "CANARY" && !key) faults.push(`${path}: CANARY is code`);
  }
  return [...shape(tree)].join(" ");
}

const [twin, folder] = process.argv.slice(2).map((path) => resolve(path));
const [ours, theirs] = [twin, folder].map((base) => new Map(scripts(base).map((path) => [path, check(base, path)])));
if (ours.size === 0 || ours.size !== theirs.size) faults.push(`${ours.size} scripts of the twin, ${theirs.size} of the hostile document`);
for (const [path, tree] of theirs) {
  if (tree !== null && ours.has(path) && ours.get(path) !== tree) faults.push(`${path}: another program than its twin`);
}
globalThis.CANARY = () => faults.push("CANARY was called at import");
for (const path of readdirSync(folder, { recursive: true }).filter((path) => path.endsWith("package.json"))) {
  const { scripts: commands = {} } = JSON.parse(readFileSync(join(folder, path), "utf8"));
  if (/canary/i.test(JSON.stringify(commands))) faults.push(`${path}: a command of the document's`);
  const root = join(folder, path, "..");
  for (const script of scripts(root)) {
    await import(pathToFileURL(join(root, script)).href).catch((error) => faults.push(`${script}: cannot be imported: ${error}`));
  }
}
if ({}.CANARY !== undefined || Object.keys(Object.prototype).length > 0) faults.push("the prototype of objects was changed");
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
