// SPDX-License-Identifier: 0BSD
// Bodies that are bytes, and what callers may bring bytes in.

import { asText } from "./encode.js";
import { ArgumentError } from "./errors.js";
import { builtin } from "./platform.js";

/** @typedef {import("./internal.d.ts").EncodedBody} EncodedBody */
/** @typedef {import("./types.d.ts").NamedUpload} NamedUpload */
/** @typedef {import("./types.d.ts").Uploadable} Uploadable */

/** A body of bytes, or of text that is sent as it is. */
export const binary = {
  /**
   * @param {Uploadable} value
   * @param {string} mediaType
   * @returns {EncodedBody}
   */
  encode(value, mediaType) {
    const { content, type } = named(value);
    const own = mediaType.includes("*") ? undefined : mediaType;
    const known = own === "application/octet-stream" ? type || own : (own ?? type);
    const contentType = known || (typeof content === "string" ? "text/plain;charset=UTF-8" : "application/octet-stream");
    if (isReplayable(content)) return { type: contentType, open: () => /** @type {NonNullable<RequestInit["body"]>} */ (content) };
    const stream = streamOf(content);
    return { type: contentType, open: () => stream, once: true };
  },
};

/**
 * Bytes with their name and media type.
 * @param {unknown} value
 * @returns {NamedUpload}
 */
export function named(value) {
  if (["number", "boolean", "bigint"].includes(typeof value)) return { content: asText(value) };
  if (isBytes(value)) {
    const { name, type } = /** @type {{ name?: string, type?: string }} */ (value);
    return value instanceof Blob ? { content: value, name, type: type || undefined } : { content: value };
  }
  const upload = /** @type {NamedUpload | null | undefined} */ (value);
  if (isBytes(upload?.content)) return { ...named(upload.content), ...upload };
  throw new ArgumentError("a file must be a File, a Blob, bytes, text, a stream, or { content, name, type }");
}

/**
 * Whether a value is bytes, or gives them.
 * @param {unknown} value
 * @returns {value is NamedUpload["content"]}
 */
export function isBytes(value) {
  return isReplayable(value) || (typeof value === "object" && value !== null && Symbol.asyncIterator in value) || isStream(value);
}

/**
 * Whether a value can be sent more than once.
 * @param {unknown} value
 * @returns {value is string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>}
 */
export function isReplayable(value) {
  return (
    typeof value === "string" || value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value)
  );
}

/**
 * @param {any} source
 * @returns {ReadableStream<Uint8Array>}
 */
export function streamOf(source) {
  if (isStream(source)) return source;
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? new TextEncoder().encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/**
 * @param {unknown} value
 * @returns {value is ReadableStream<Uint8Array>}
 */
function isStream(value) {
  return typeof ReadableStream !== "undefined" && value instanceof ReadableStream;
}

const TYPES = new Map(
  /** @type {[string, string][]} */ ([
    ["csv", "text/csv"],
    ["epub", "application/epub+zip"],
    ["gif", "image/gif"],
    ["html", "text/html"],
    ["jpeg", "image/jpeg"],
    ["jpg", "image/jpeg"],
    ["json", "application/json"],
    ["mp3", "audio/mpeg"],
    ["mp4", "video/mp4"],
    ["pdf", "application/pdf"],
    ["png", "image/png"],
    ["svg", "image/svg+xml"],
    ["txt", "text/plain"],
    ["wav", "audio/wav"],
    ["webp", "image/webp"],
    ["xml", "application/xml"],
    ["zip", "application/zip"],
  ]),
);

/**
 * A file on disk, to upload (Node, Deno, Bun). Its bytes are read while they are sent, and again on a retry.
 * @param {string | URL} path
 * @param {{ name?: string, type?: string }} [options]
 * @returns {Promise<NamedUpload>}
 */
export async function fileFromPath(path, { name, type } = {}) {
  const { openAsBlob } = builtin("node:fs");
  const base = String(path).split(/[/\\]/).pop() || "file";
  const extension = base.includes(".") ? (base.split(".").pop() ?? "").toLowerCase() : "";
  return {
    content: await openAsBlob(path),
    name: name ?? base,
    type: type ?? TYPES.get(extension) ?? "application/octet-stream",
  };
}
