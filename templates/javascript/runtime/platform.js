// SPDX-License-Identifier: 0BSD
// What differs between Node, browsers, Deno, Bun and workers at the edge.

import { ArgumentError } from "./errors.js";

/** @type {any} */
const host = globalThis;

/**
 * A variable of the environment, where there is one.
 * @param {string} name
 * @returns {string | undefined}
 */
export function environmentVariable(name) {
  try {
    const value = host.process?.env?.[name] ?? host.Deno?.env?.get?.(name);
    return value?.trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * A module that Node, Deno and Bun have built in. Not imported: bundlers for browsers would look for it.
 * @param {string} name
 * @returns {any}
 */
export function builtin(name) {
  const module = host.process?.getBuiltinModule?.(name);
  if (!module) throw new ArgumentError(`files need \`${name}\`, which is not here`);
  return module;
}

/** Whether `builtin` has anything to give. */
export function hasBuiltins() {
  return typeof host.process?.getBuiltinModule === "function";
}

/** Whether this is a page or a worker of a browser: where users can read what the program knows. */
export function isBrowser() {
  if (host.process?.versions?.node || host.Deno || host.Bun) return false;
  if (host.navigator?.userAgent === "Cloudflare-Workers") return false;
  return typeof host.document !== "undefined" || typeof host.importScripts === "function";
}

/**
 * Why a cookie of the caller's is refused in a browser: fetch would drop it in silence.
 * @param {string} name
 */
export function pageCannotSend(name) {
  return `\`${name}\` is a cookie, and only the browser itself sends cookies: leave it out`;
}

/** A random key (UUID, version 4). */
export function randomKey() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  // `crypto.randomUUID` is only there where the page came over https.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-");
}

/**
 * What a promise gives, unless the signal stops the waiting for it.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
export function unlessAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/**
 * Waits, unless the signal stops it.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function wait(milliseconds, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    await unlessAborted(new Promise((resolve) => (timer = setTimeout(resolve, milliseconds))), signal);
  } finally {
    clearTimeout(timer);
  }
}
