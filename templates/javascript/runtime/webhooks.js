// SPDX-License-Identifier: 0BSD
// Requests that the API makes to its users, signed as https://www.standardwebhooks.com says.

import { ApiError } from "./errors.js";
import { parse } from "./json.js";

const TOLERANCE = 5 * 60;

/** The request does not come from who it says, or not now. */
export class WebhookVerificationError extends ApiError {
  get name() {
    return "WebhookVerificationError";
  }
}

/**
 * Verifies a request and gives its event.
 * @param {string | Uint8Array | ArrayBuffer} body exactly as it came
 * @param {Headers | Record<string, string | string[] | undefined>} headers
 * @param {string | string[]} secret several while one takes the place of another
 * @param {{ now?: Date }} [options]
 * @param {boolean} [exact] whether numbers that are no integers keep their digits
 * @returns {Promise<any>}
 */
export async function unwrap(body, headers, secret, { now = new Date() } = {}, exact = false) {
  if (typeof body !== "string" && !(body instanceof ArrayBuffer || ArrayBuffer.isView(body))) {
    throw new WebhookVerificationError("the body must be text or bytes exactly as they came, not yet parsed");
  }
  const text = typeof body === "string" ? body : new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  await verify(text, headers, secret, now);
  try {
    return parse(text, exact);
  } catch (cause) {
    throw new WebhookVerificationError("the request is signed, but it is not JSON", { cause });
  }
}

/**
 * @param {string} body
 * @param {Headers | Record<string, string | string[] | undefined>} headers
 * @param {string | string[]} secret
 * @param {Date} now
 */
async function verify(body, headers, secret, now) {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map(
    (name) => header(headers, `webhook-${name}`) ?? header(headers, `svix-${name}`),
  );
  if (!id || !timestamp || !signatures) throw new WebhookVerificationError("the request is not signed");
  const age = now.getTime() / 1_000 - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(age) > TOLERANCE) {
    throw new WebhookVerificationError("the request was signed more than five minutes ago, or ahead");
  }
  const { subtle } = globalThis.crypto;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secrets = typeof secret === "string" ? [secret] : secret;
  const keys = await Promise.all(secrets.map((one) => subtle.importKey("raw", secretBytes(one), algorithm, false, ["verify"])));
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(" ")) {
    const [version, digest = ""] = signature.split(",", 2);
    const bytes = version === "v1" ? fromBase64(digest) : undefined;
    // `verify` compares in constant time.
    const found = bytes ? await Promise.all(keys.map((key) => subtle.verify("HMAC", key, bytes, signed))) : [];
    if (found.includes(true)) return;
  }
  throw new WebhookVerificationError("no signature of the request is right");
}

/**
 * @param {Headers | Record<string, string | string[] | undefined>} headers
 * @param {string} name
 * @returns {string | undefined}
 */
function header(headers, name) {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(found) ? found.join(" ") : found;
}

/** @param {string} secret */
function secretBytes(secret) {
  if (!secret) throw new WebhookVerificationError("no secret was given");
  const bytes = fromBase64(secret.replace(/^whsec_/, ""));
  if (!bytes) throw new WebhookVerificationError("the secret is not base64");
  return bytes;
}

/** @param {string} text */
function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
