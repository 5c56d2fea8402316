// SPDX-License-Identifier: 0BSD

import type { BodyEncoder } from "./internal.js";
import type { NamedUpload } from "./types.js";

/** A body of bytes, or of text that is sent as it is. */
export declare const binary: BodyEncoder;

/** Bytes with their name and media type. */
export declare function named(value: unknown): NamedUpload;

/** Whether a value is bytes, or gives them. */
export declare function isBytes(value: unknown): value is NamedUpload["content"];

/** Whether a value can be sent more than once. */
export declare function isReplayable(value: unknown): value is string | Blob | ArrayBuffer | (ArrayBufferView & { buffer: ArrayBuffer });

export declare function streamOf(source: unknown): ReadableStream<Uint8Array>;

/** A file on disk, to upload (Node, Deno, Bun). Its bytes are read while they are sent, and again on a retry. */
export declare function fileFromPath(
  path: string | URL,
  options?: { name?: string; type?: string },
): Promise<NamedUpload>;
