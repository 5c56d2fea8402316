// SPDX-License-Identifier: 0BSD

import { ApiError, ConnectionError } from "./errors.js";

/** Characters of a line or an event: a server that never ends one must not fill the memory. */
export const LONGEST_ITEM = 64 * 1024 * 1024;

/**
 * The chunks of an answer's body. Leaving the loop closes the connection, and so does `left`; a break of it is a
 * `ConnectionError`.
 * @param {import("./internal.d.ts").Answer} answer
 * @param {AbortSignal} [left]
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>}
 */
export async function* chunks({ response, bytes, release, signal }, left) {
  if (bytes) {
    yield bytes;
    return;
  }
  const reader = response.body?.getReader();
  // It ends a read that is waiting, too.
  const leave = () => void reader?.cancel().catch(() => undefined);
  left?.addEventListener("abort", leave, { once: true });
  try {
    for (;;) {
      const turn = left?.aborted ? undefined : await reader?.read();
      if (!turn || turn.done) return;
      yield turn.value;
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof ApiError) throw cause;
    throw new ConnectionError("the connection broke in the middle of the answer", { cause });
  } finally {
    left?.removeEventListener("abort", leave);
    release();
    await reader?.cancel().catch(() => undefined);
  }
}

/**
 * The lines of a text that arrives in chunks, ended by LF, CR LF or CR. Each is given when its end arrives.
 * @param {AsyncIterable<Uint8Array>} source
 * @returns {AsyncGenerator<string, void, undefined>}
 */
export async function* lines(source) {
  const decoder = new TextDecoder();
  let rest = "";
  let afterReturn = false;
  for await (const chunk of source) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    // The LF of a CR LF that was cut in two.
    if (afterReturn && text.startsWith("\n")) text = text.slice(1);
    afterReturn = text.endsWith("\r");
    const [first, ...others] = text.split(/\r\n|\n|\r/);
    rest += first;
    if (others.length > 0) {
      yield rest;
      rest = others.pop() ?? "";
      yield* others;
    }
    if (rest.length > LONGEST_ITEM) throw new ApiError(`a line is longer than ${LONGEST_ITEM} characters`);
  }
  rest += decoder.decode();
  if (rest) yield rest;
}
