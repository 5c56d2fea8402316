// SPDX-License-Identifier: 0BSD

import type { Answer } from "./internal.js";

/** A file on its way: read it once, as chunks, whole, or onto the disk. */
export declare class Download implements AsyncIterable<Uint8Array> {
  constructor(answer: Answer);
  readonly response: Response;
  /** The media type that the server gives. */
  readonly contentType: string;
  /** The size in bytes, when the server gives it. */
  readonly size: number | undefined;
  /** The name that the server gives, without any folder. */
  readonly fileName: string | undefined;
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined>;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
  blob(): Promise<Blob>;
  /** The bytes as a web stream. */
  stream(): ReadableStream<Uint8Array>;
  /** Writes the bytes into a file (Node, Deno, Bun): whole, or not at all. */
  saveTo(path: string | URL): Promise<void>;
}

export declare const download: { stream: true; decode(answer: Answer): Download };
export declare const text: { decode(answer: Answer): string | undefined };
