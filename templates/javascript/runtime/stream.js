// SPDX-License-Identifier: 0BSD
// Answers that arrive item by item.

import { chunks, lines, LONGEST_ITEM } from "./chunks.js";
import { convert } from "./compose.js";
import { ApiError, ConnectionError, DecodeError } from "./errors.js";
import { parse, parseOrText } from "./json.js";
import { wait } from "./platform.js";

/** @typedef {import("./internal.d.ts").Answer} Answer */
/** @typedef {import("./types.d.ts").ServerSentEvent} ServerSentEvent */

const FIRST_RECONNECTION = 1_000;
const LONGEST_RECONNECTION = 60_000;

/**
 * The items of an answer as they arrive. Leaving the loop closes the connection, and so does `close()`.
 * @template Item
 */
export class Stream {
  #items;
  #left;

  /**
   * @param {Response} response
   * @param {AsyncGenerator<Item, void, undefined>} items
   * @param {AbortController} left ends the items, also while they wait
   */
  constructor(response, items, left) {
    this.response = response;
    this.#items = items;
    this.#left = left;
  }

  [Symbol.asyncIterator]() {
    return this.#items;
  }

  async close() {
    this.#left.abort();
    // Items that were never begun hold nothing that they could let go.
    if (!this.response.body?.locked) await this.response.body?.cancel();
    await this.#items.return();
  }
}

/** Server-sent events; each item is the `data` of one, as JSON where it is JSON. */
export const events = /* @__PURE__ */ streamed(async function* (answer, left) {
  for await (const { data } of parsedEvents(answer, left)) yield convert(answer.operation.received, data);
});

/** Server-sent events with their names and ids: `{ event, data, id, retry }`. */
export const wholeEvents = /* @__PURE__ */ streamed(parsedEvents);

/** JSON lines, and JSON text sequences (RFC 7464). */
export const jsonLines = /* @__PURE__ */ streamed(async function* (answer, left) {
  const { response, operation } = answer;
  // In a sequence a text may go over several lines.
  const isSequence = response.headers.get("content-type")?.includes("seq") ?? false;
  let begun = "";
  /** @param {string} text @param {unknown} [cause] */
  const broken = (text, cause) => new DecodeError(`a line of \`${operation.id}\` is not JSON`, response, text, cause);
  for await (const line of lines(chunks(answer, left))) {
    const text = (line.startsWith("\x1e") ? line.slice(1) : begun + line).trim();
    if (text === "") continue;
    let item;
    try {
      item = parse(text, operation.exact);
    } catch (cause) {
      if (!isSequence) throw broken(text, cause);
      begun = `${text}\n`;
      continue;
    }
    begun = "";
    yield convert(operation.received, item);
  }
  if (begun && !left.aborted) throw broken(begun);
});

/**
 * A decoder that gives a stream.
 * @template Item
 * @param {(answer: Answer, left: AbortSignal) => AsyncGenerator<Item, void, undefined>} items
 */
function streamed(items) {
  return {
    stream: true,
    /** @param {Answer} answer */
    decode(answer) {
      const left = new AbortController();
      left.signal.addEventListener("abort", answer.release, { once: true });
      return new Stream(answer.response, items(answer, left.signal), left);
    },
  };
}

/**
 * @param {Answer} answer
 * @param {AbortSignal} left
 */
async function* parsedEvents(answer, left) {
  for await (const { data, ...event } of resumedEvents(answer, left)) {
    if (data === "[DONE]") return;
    yield { ...event, data: parseOrText(data, answer.operation.exact) };
  }
}

/**
 * Events; when the connection breaks behind one with an id, a GET goes on from there (HTML, 9.2.3).
 * @param {Answer} first
 * @param {AbortSignal} left
 * @returns {AsyncGenerator<ServerSentEvent, void, undefined>}
 */
async function* resumedEvents(first, left) {
  let answer = first;
  const progress = { lastEventId: "", retry: FIRST_RECONNECTION };
  const type = first.response.headers.get("content-type") ?? "";
  if (/json|html|xml/i.test(type)) {
    for await (const chunk of chunks(first, left)) {
      const message = `the answer to \`${first.operation.id}\` is no stream of events; it says it is ${type}`;
      throw new DecodeError(message, first.response, new TextDecoder().decode(chunk));
    }
  }
  for (let broken = 0; ; broken += 1) {
    try {
      for await (const event of readEvents(lines(chunks(answer, left)), progress)) {
        broken = 0;
        yield event;
      }
      return;
    } catch (error) {
      const { operation, resume, maxRetries = 0 } = answer;
      const resumable = error instanceof ConnectionError && progress.lastEventId && operation.method === "GET";
      if (!resumable || !resume || broken >= maxRetries) throw error;
    }
    const { signal, resume } = answer;
    await wait(Math.min(progress.retry, LONGEST_RECONNECTION), signal ? AbortSignal.any([signal, left]) : left).catch((reason) => {
      if (!left.aborted) throw reason;
    });
    if (left.aborted || !resume) return;
    answer = await resume({ "last-event-id": progress.lastEventId });
  }
}

/**
 * @param {AsyncIterable<string>} source
 * @param {{ lastEventId: string, retry: number }} [progress] what to remember for another connection
 * @returns {AsyncGenerator<ServerSentEvent, void, undefined>}
 */
export async function* readEvents(source, progress) {
  /** @type {string | undefined} */
  let event;
  /** @type {string | undefined} */
  let id;
  /** @type {number | undefined} */
  let retry;
  /** @type {string[]} */
  let data = [];
  let length = 0;
  for await (const line of source) {
    if (line === "") {
      if (progress) {
        progress.lastEventId = id ?? progress.lastEventId;
        progress.retry = retry ?? progress.retry;
      }
      if (data.length > 0) yield { event, data: data.join("\n"), id, retry };
      [event, retry, data, length] = [undefined, undefined, [], 0];
      continue;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "data") {
      data.push(value);
      length += value.length;
      if (length > LONGEST_ITEM) throw new ApiError(`an event is longer than ${LONGEST_ITEM} characters`);
    } else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
}
