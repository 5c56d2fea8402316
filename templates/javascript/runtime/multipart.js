// SPDX-License-Identifier: 0BSD
// `multipart/form-data` (RFC 7578), written by hand: FormData cannot give a part headers, nor send a stream.

import { asText, formMembers, headerValue, present } from "./encode.js";
import { stringify } from "./json.js";
import { randomKey } from "./platform.js";
import { isBytes, isReplayable, named, streamOf } from "./upload.js";

/** @typedef {import("./internal.d.ts").EncodedBody} EncodedBody */
/** @typedef {import("./internal.d.ts").PartEncoding} PartEncoding */
/** @typedef {{ head: string, content: import("./types.d.ts").NamedUpload["content"] }} Part */

export const multipart = {
  /**
   * @param {Record<string, unknown>} value
   * @param {string} mediaType
   * @param {PartEncoding[]} encodings
   * @returns {EncodedBody}
   */
  encode(value, mediaType, encodings) {
    const boundary = `----${randomKey()}`;
    const how = new Map(encodings);
    const parts = formMembers(value).flatMap(([name, member]) => partsOf(name, member ?? "", how.get(name)));
    const type = `${mediaType.split(";", 1)[0].trim()}; boundary=${boundary}`;
    const pieces = [
      ...parts.flatMap(({ head, content }) => [`--${boundary}\r\n${head}\r\n`, content, "\r\n"]),
      `--${boundary}--\r\n`,
    ];
    if (pieces.every(isReplayable)) {
      const blob = new Blob(pieces);
      return { type, open: () => blob };
    }
    const stream = streamOf(bytesOf(pieces));
    return { type, open: () => stream, once: true };
  },
};

/**
 * A member as parts: a list is sent as one part for each item.
 * @param {string} name
 * @param {unknown} value
 * @param {PartEncoding[1]} [how]
 * @returns {Part[]}
 */
function partsOf(name, value, how = {}) {
  if (Array.isArray(value) && how.type !== "application/json") {
    return value.filter(present).flatMap((item) => partsOf(name, item, how));
  }
  if (typeof value === "object" && !(value instanceof Date) && !(isBytes(value) || isNamed(value))) {
    return [part(name, stringify(value), how.type ?? "application/json", how)];
  }
  if (typeof value !== "string" && (isBytes(value) || isNamed(value))) {
    const { content, name: fileName = "file", type, headers } = named(value);
    const declared = how.type !== undefined && /[*,]/.test(how.type) ? undefined : how.type;
    return [part(name, content, type ?? declared ?? "application/octet-stream", how, fileName, headers)];
  }
  return [part(name, asText(value), how.type === undefined || /[*,]/.test(how.type) ? undefined : how.type, how)];
}

/**
 * @param {string} name
 * @param {Part["content"]} content
 * @param {string | undefined} type
 * @param {PartEncoding[1]} how
 * @param {string} [fileName]
 * @param {Record<string, string>} [headers] what the caller says of this part
 * @returns {Part}
 */
function part(name, content, type, how, fileName, headers = {}) {
  const given = new Set(Object.keys(headers).map((header) => header.toLowerCase()));
  const fixed = Object.entries(how.headers ?? {}).filter(([header]) => !given.has(header.toLowerCase()));
  const lines = [
    `content-disposition: form-data; name="${quoted(name)}"${fileName === undefined ? "" : `; filename="${quoted(fileName)}"`}`,
    ...(type === undefined ? [] : [`content-type: ${headerValue("content-type", type)}`]),
    ...[...fixed, ...Object.entries(headers)].map(([header, value]) => `${header}: ${headerValue(header, value)}`),
  ];
  return { head: lines.map((line) => `${line}\r\n`).join(""), content };
}

/**
 * As HTML says it (4.10.21.8): quotes and line breaks percent-encoded, all else as it is.
 * @param {string} text
 */
function quoted(text) {
  return text.replace(/\r\n|\r|\n/g, "%0D%0A").replace(/"/g, "%22");
}

/**
 * @param {unknown} value
 */
function isNamed(value) {
  return typeof value === "object" && value !== null && "content" in value && typeof value.content !== "string"
    ? isBytes(value.content)
    : typeof value === "object" && value !== null && "content" in value && "name" in value;
}

/**
 * @param {Part["content"][]} pieces
 * @returns {AsyncGenerator<Uint8Array, void, undefined>}
 */
async function* bytesOf(pieces) {
  for (const piece of pieces) {
    if (isReplayable(piece)) yield new Uint8Array(await new Blob([piece]).arrayBuffer());
    else yield* streamIterator(streamOf(piece));
  }
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array, void, undefined>}
 */
async function* streamIterator(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
