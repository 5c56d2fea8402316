// What the stories share: the preview server on a free port, a browser, and a page that is watched.
//
// A page that is watched fails its story when the console says anything, when the policy is violated, when a request fails
// or leaves the site.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const binary = process.env.PORTOLAN ?? join(root, "target/debug/portolan");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `portolan serve` for our own portal; resolves when it listens. */
export async function serve() {
  const child = spawn(binary, ["serve", "--port", "0"], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const found = /http:\/\/[0-9.:]+/.exec(line);
    if (found) {
      child.stderr.resume();
      return { url: `${found[0]}/`, stop: () => child.kill("SIGTERM") };
    }
  }
  throw new Error(`the server did not start:\n${said.join("\n")}`);
}

/** The browser, without anything that calls home. */
export function browse() {
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * A page in a context of its own, watched.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} base what requests may ask for: the start of every address
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function watched(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  const expected = new Set();
  const forgiven = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // Live reload holds a request open, and leaving a page ends it.
    const ended = request.failure()?.errorText === "net::ERR_ABORTED";
    if (!ended) complaints.push(`request failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) complaints.push(`foreign request: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !expected.has(response.url())) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
    });
  });
  return {
    page,
    context,
    /** That an address answers with an error is what the story is about. */
    expect(url) {
      expected.add(url);
    },
    /** Complaints of this kind are what the story is about. */
    forgive(pattern) {
      forgiven.push(pattern);
    },
    /** Ends the story: nothing was complained of. */
    async done() {
      await context.close();
      const unexpected = complaints.filter(
        (text) => !(expected.size && text.startsWith("console error: Failed to load resource")) && !forgiven.some((pattern) => pattern.test(text)),
      );
      assert.deepEqual(unexpected, []);
    },
  };
}

/** Keeps a picture for a person to look at, in target/pictures. */
export async function picture(page, name, options = {}) {
  const folder = join(root, "target/pictures");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), ...options });
}
