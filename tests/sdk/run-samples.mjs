// Runs all samples of a folder one after another in this process: `run-samples.mjs SAMPLES_JSON`.
//
// Prints a JSON object: the files of the samples that failed, and what they said. batches.py starts it, beside a
// node_modules with the package.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const patience = 30_000;
const index = resolve(process.argv[2]);
const failures = Object.create(null);
const write = process.stdout.write.bind(process.stdout);
// What samples print is nobody's.
console.log = () => {};
let current = "";
process.on("unhandledRejection", (error) => {
  failures[current] = `nobody waited for: ${error}`;
});

/** A failure after a while, and what stops waiting for it. */
function alarm() {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${patience / 1000} s`)), patience);
  });
  return { late, stop: () => clearTimeout(timer) };
}

for (const sample of JSON.parse(readFileSync(index, "utf8"))) {
  if (sample.target !== "javascript") continue;
  current = sample.file;
  // What it opens lies beside it.
  process.chdir(dirname(resolve(dirname(index), current)));
  const { late, stop } = alarm();
  try {
    await Promise.race([import(pathToFileURL(resolve(dirname(index), sample.file))), late]);
  } catch (error) {
    failures[current] = `${error?.name ?? "Error"}: ${error?.message ?? error}`;
  }
  stop();
}
write(`${JSON.stringify(failures)}\n`, () => process.exit(0));
