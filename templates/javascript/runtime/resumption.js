// SPDX-License-Identifier: 0BSD

import { chunks } from "./chunks.js";
import { ConnectionError } from "./errors.js";
import { wait } from "./platform.js";
import { retryDelay } from "./retry.js";

/** @typedef {import("./internal.d.ts").Answer} Answer */

/**
 * The chunks of a file; when the connection breaks, a file that is still the same goes on behind what came (RFC 9110, 14).
 * @param {Answer} first
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>}
 */
export async function* resumedChunks(first) {
  const { resume, maxRetries = 0, signal } = first;
  const validator = validatorOf(first);
  let answer = first;
  let received = 0;
  for (let broken = 0; ; broken += 1) {
    try {
      for await (const chunk of chunks(answer)) {
        received += chunk.length;
        broken = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      if (!(error instanceof ConnectionError) || !validator || !resume || broken >= maxRetries) throw error;
      await wait(retryDelay(broken) ?? 0, signal);
      answer = await resume({ range: `bytes=${received}-`, "if-range": validator });
      if (!isRest(answer.response, received)) {
        answer.release();
        await answer.response.body?.cancel();
        throw error;
      }
    }
  }
}

/**
 * What tells whether a file is still the same; undefined when the rest of it cannot be asked for.
 * @param {Answer} answer
 */
function validatorOf({ operation, response: { status, headers } }) {
  const whole = operation.method === "GET" && status === 200 && !headers.has("content-encoding");
  if (!whole || headers.get("accept-ranges")?.trim() === "none") return undefined;
  const tag = headers.get("etag");
  // RFC 9110, 13.1.5: a weak validator cannot be used for this.
  return tag === null || tag.startsWith("W/") ? headers.get("last-modified") : tag;
}

/**
 * @param {Response} response
 * @param {number} received
 */
function isRest({ status, headers }, received) {
  const [, first] = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "") ?? [];
  return status === 206 && Number(first) === received && !headers.has("content-encoding");
}
