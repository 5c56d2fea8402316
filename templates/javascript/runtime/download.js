// SPDX-License-Identifier: 0BSD

import { builtin } from "./platform.js";
import { resumedChunks } from "./resumption.js";

/** @typedef {import("./internal.d.ts").Answer} Answer */

/** Bytes of a file's name; most file systems end at 255. */
const LONGEST_NAME = 200;

/** Text as it came. */
export const text = {
  plain: true,
  /** @param {Answer} answer */
  decode({ bytes, response }) {
    const [, charset = "utf-8"] = /charset="?([\w-]+)/i.exec(response.headers.get("content-type") ?? "") ?? [];
    return bytes && new TextDecoder(known(charset)).decode(bytes);
  },
};

/** Bytes, not read until somebody asks for them. */
export const download = {
  stream: true,
  /** @param {Answer} answer */
  decode: (answer) => new Download(answer),
};

/** A file on its way: read it once, as chunks, whole, or onto the disk. */
export class Download {
  #answer;

  /** @param {Answer} answer */
  constructor(answer) {
    this.#answer = answer;
  }

  get response() {
    return this.#answer.response;
  }

  /** The media type that the server gives. */
  get contentType() {
    return this.response.headers.get("content-type") ?? "application/octet-stream";
  }

  /** The size in bytes, when the server gives it. */
  get size() {
    const { headers } = this.response;
    const length = headers.get("content-length");
    // Of a compressed answer it counts what travels.
    return /^\d{1,15}$/.test(length ?? "") && !headers.has("content-encoding") ? Number(length) : undefined;
  }

  /** The name that the server gives. It is a stranger's word: never a path, and a name on every system. */
  get fileName() {
    const disposition = this.response.headers.get("content-disposition") ?? "";
    const [, extended] = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition) ?? [];
    const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
    const name = decoded(extended) ?? quoted?.replace(/\\(.)/g, "$1") ?? plain;
    return name === undefined ? undefined : safeName(name.split(/[/\\]/).pop() ?? "");
  }

  [Symbol.asyncIterator]() {
    return resumedChunks(this.#answer);
  }

  async bytes() {
    return new Uint8Array(await (await this.blob()).arrayBuffer());
  }

  async text() {
    return new TextDecoder().decode(await this.bytes());
  }

  async blob() {
    const parts = [];
    for await (const chunk of this) parts.push(chunk);
    return new Blob(parts, { type: this.contentType });
  }

  /** The bytes as a web stream. */
  stream() {
    const source = this[Symbol.asyncIterator]();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await source.return();
      },
    });
  }

  /**
   * Writes the bytes into a file (Node, Deno, Bun): whole, or not at all.
   * @param {string | URL} path
   */
  async saveTo(path) {
    const { createWriteStream } = builtin("node:fs");
    const { rename, rm } = builtin("node:fs/promises");
    const { pipeline } = builtin("node:stream/promises");
    const { fileURLToPath } = builtin("node:url");
    const target = typeof path === "string" ? path : fileURLToPath(path);
    const partial = `${target}.${Math.random().toString(36).slice(2)}.part`;
    try {
      await pipeline(this[Symbol.asyncIterator](), createWriteStream(partial, { flags: "wx" }));
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }
}

/**
 * What of a text can be the name of a file, and shows as what it is.
 * @param {string} text
 */
function safeName(text) {
  const name = text
    .replace(/[<>:"|?*]|\p{C}/gu, "_")
    // Windows drops what stands at the end here, and has devices of these names.
    .replace(/^\s+|[\s.]+$/g, "")
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, "_$1");
  const ending = /\.[^.]{1,18}$/u.exec(name)?.[0] ?? "";
  const stem = [...name.slice(0, name.length - ending.length)].slice(0, LONGEST_NAME);
  while (new TextEncoder().encode(stem.join("") + ending).length > LONGEST_NAME) stem.pop();
  return stem.join("") + ending || undefined;
}

/** @param {string | undefined} text */
function decoded(text) {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}

/** @param {string} charset */
function known(charset) {
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return "utf-8";
  }
}
