// SPDX-License-Identifier: 0BSD

import { stringify } from "./json.js";
import { streamOf } from "./upload.js";

/** JSON lines: a list at once, or an async iterable line by line. */
export const linesBody = {
  /**
   * @param {unknown[] | AsyncIterable<unknown>} value
   * @param {string} mediaType
   * @returns {import("./internal.d.ts").EncodedBody}
   */
  encode(value, mediaType) {
    if (Array.isArray(value)) {
      const body = value.map((item) => `${stringify(item)}\n`).join("");
      return { type: mediaType, open: () => body };
    }
    const stream = streamOf(written(/** @type {AsyncIterable<unknown>} */ (value)));
    return { type: mediaType, open: () => stream, once: true };
  },
};

/** @param {AsyncIterable<unknown>} items */
async function* written(items) {
  for await (const item of items) yield `${stringify(item)}\n`;
}
