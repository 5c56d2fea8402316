// What the tests of emitted JavaScript share: the binary, generated packages, a mock that listens.

import { execFileSync, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const binary = process.env.PORTOLAN ?? join(root, "target/debug/portolan");

/** The emitted package of one of our APIs, made by this build and imported. */
export async function imported(api) {
  const folder = join(root, "target/sdk", `${api}-node`);
  const document = join(root, "specs", api, "openapi.yaml");
  execFileSync(binary, ["generate", document, "--target", "javascript", "--out", folder, "--package", api, "--quiet", "--force"]);
  return import(pathToFileURL(join(folder, "javascript", "index.js")).href);
}

/** A mock of one of our APIs on a free port. */
export async function mock(api) {
  const child = spawn(binary, ["mock", join(root, "specs", api, "openapi.yaml"), "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const found = /http:\/\/[0-9.:]+/.exec(line);
    if (found) {
      child.stderr.resume();
      return { url: found[0], stop: () => child.kill("SIGTERM") };
    }
  }
  throw new Error(`the mock did not start:\n${said.join("\n")}`);
}
