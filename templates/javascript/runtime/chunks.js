// SPDX-License-Identifier: 0BSD

import { ApiError, ConnectionError } from "./errors.js";

/**
 * The chunks of an answer's body. Leaving the loop closes the connection; a break of it is a `ConnectionError`.
 * @param {import("./internal.d.ts").Answer} answer
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>}
 */
export async function* chunks({ response, bytes, release, signal }) {
  if (bytes) {
    yield bytes;
    return;
  }
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const turn = await reader?.read();
      if (!turn || turn.done) return;
      yield turn.value;
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof ApiError) throw cause;
    throw new ConnectionError("the connection broke in the middle of the answer", { cause });
  } finally {
    release();
    await reader?.cancel().catch(() => undefined);
  }
}

/**
 * The lines of a text that arrives in chunks, ended by LF, CR LF or CR.
 * @param {AsyncIterable<Uint8Array>} source
 * @returns {AsyncGenerator<string, void, undefined>}
 */
export async function* lines(source) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the very end may be the first half of a CR LF.
    const held = rest.endsWith("\r") ? "\r" : "";
    const parts = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? "") + held;
    yield* parts;
  }
  rest += decoder.decode();
  if (rest) yield* rest.replace(/\r$/, "").split(/\r/);
}
