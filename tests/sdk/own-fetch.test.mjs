// A fetch of the caller's own: what Node's fetch leaves to a dispatcher, such as client certificates (mutual TLS).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Agent, fetch } from "undici";
import { mutualTls } from "../../templates/javascript/runtime/auth.js";
import { Core } from "../../templates/javascript/runtime/core.js";
import { multipart } from "../../templates/javascript/runtime/multipart.js";
import { request } from "../../templates/javascript/runtime/request.js";
import { events } from "../../templates/javascript/runtime/stream.js";
import { requestUndescribed } from "../../templates/javascript/runtime/undescribed.js";

const SETTINGS = {
  name: "shop",
  version: "1.2.3",
  prefix: "SHOP",
  baseUrl: "https://shop.invalid",
  security: [[["certificate"]]],
  schemes: [["certificate", { apply: mutualTls, options: [] }]],
};

let folder, server, url;
const read = (name) => readFileSync(join(folder, name));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "portolan-certificates-"));
  certificates();
  server = createServer({ ca: read("ca.pem"), cert: read("server.pem"), key: read("server.key"), requestCert: true, rejectUnauthorized: true }, (incoming, response) => {
    const { CN: who } = incoming.socket.getPeerCertificate().subject;
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      if (incoming.url === "/events") response.writeHead(200, { "content-type": "text/event-stream" }).end(`data: ${who}\n\n`);
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ who, size: Buffer.concat(chunks).length }));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://127.0.0.1:${server.address().port}`;
});
after(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An authority, and certificates of a server and of a client that it signed. */
function certificates() {
  const openssl = (...options) => execFileSync("openssl", options, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority");
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  for (const [name, subject] of [["server", "127.0.0.1"], ["client", "bookkeeper"]]) {
    openssl("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${subject}`);
    openssl("x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", `${name}.pem`);
  }
}

test("a dispatcher brings a client certificate, for all that a call can do", async (t) => {
  const dispatcher = new Agent({ connect: { ca: read("ca.pem"), cert: read("client.pem"), key: read("client.key") } });
  t.after(() => dispatcher.close());
  const client = new Core(SETTINGS, { baseUrl: url, fetch: (address, init) => fetch(address, { ...init, dispatcher }) });
  assert.deepEqual(await requestUndescribed(client, "GET", "/who"), { who: "bookkeeper", size: 0 });
  const operation = { id: "send", method: "POST", path: ["/"], body: { forms: [["multipart/form-data", multipart]] } };
  async function* pieces() {
    yield new TextEncoder().encode("streamed");
  }
  const { size } = await request(client, operation, [], { body: { file: new File(["x".repeat(1_000)], "a"), stream: { content: pieces(), name: "b" } } });
  assert.ok(size > 1_000);
  const seen = [];
  for await (const item of await request(client, { id: "watch", method: "GET", path: ["/events"], responses: [["text/event-stream", events]] })) seen.push(item);
  assert.deepEqual(seen, ["bookkeeper"]);
  assert.equal((await (await requestUndescribed(client, "GET", "/who").asResponse()).json()).who, "bookkeeper");
});

test("without the certificate there is a connection error", async (t) => {
  const dispatcher = new Agent({ connect: { ca: read("ca.pem") } });
  t.after(() => dispatcher.close());
  const client = new Core(SETTINGS, { baseUrl: url, maxRetries: 0, fetch: (address, init) => fetch(address, { ...init, dispatcher }) });
  await assert.rejects(requestUndescribed(client, "GET", "/who"), { name: "ConnectionError" });
});
