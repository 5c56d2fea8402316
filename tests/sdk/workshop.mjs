// What the tests of emitted JavaScript share: the binary, generated packages, a mock that listens.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The binary under test. */
export const binary = process.env.PORTOLAN ?? join(root, "target/debug/portolan");

/** The folder of the emitted package of one of our APIs, made by this build with these settings. */
export function generated(api, document = join(root, "specs", api, "openapi.yaml"), flags = []) {
  const folder = join(root, "target/sdk", [api, "node", ...flags].join("-"));
  const command = ["generate", document, "--target", "javascript", "--out", folder, "--package", api, "--quiet", "--force", ...flags];
  execFileSync(binary, command);
  return join(folder, "javascript");
}

/** The same for a document that a test makes. */
export function generatedDocument(name, document) {
  const path = join(root, "target/sdk", `${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(document));
  return generated(name, path);
}

/** The emitted package of one of our APIs, imported. */
export function imported(api, ...flags) {
  return import(pathToFileURL(join(generated(api, undefined, flags), "index.js")).href);
}

/** The emitted package of a document that a test makes, imported. */
export function importedDocument(name, document) {
  return import(pathToFileURL(join(generatedDocument(name, document), "index.js")).href);
}

/**
 * A server on a free port that keeps what arrives, and answers each request with an empty JSON object, or as `answer`
 * does; `answer` gives true for what it answered.
 */
export async function recorder(answer = () => false) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    const arrived = { method, url, headers, body: Buffer.concat(chunks) };
    if (answer(response, arrived)) return;
    requests.push(arrived);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, requests, stop };
}

/** A mock of one of our APIs on a free port. */
export async function mock(api, document = join(root, "specs", api, "openapi.yaml")) {
  const child = spawn(binary, ["mock", document, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
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
