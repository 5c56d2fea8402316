// SPDX-License-Identifier: 0BSD
// Answers that arrive item by item.

import { chunks, lines } from "./chunks.js";
import { ConnectionError, DecodeError } from "./errors.js";
import { parse } from "./json.js";
import { wait } from "./platform.js";

/** @typedef {import("./internal.d.ts").Answer} Answer */

const FIRST_RECONNECTION = 1_000;
const MOST_RECONNECTIONS = 5;

/**
 * The items of an answer as they arrive. Leaving the loop closes the connection, and so does `close()`.
 * @template Item
 */
export class Stream {
  #items;

  /**
   * @param {Response} response
   * @param {AsyncGenerator<Item, void, undefined>} items
   */
  constructor(response, items) {
    this.response = response;
    this.#items = items;
  }

  [Symbol.asyncIterator]() {
    return this.#items;
  }

  async close() {
    // A generator that was never begun has nothing to clean up, so it is begun, and left.
    this.response.body?.locked || (await this.response.body?.cancel());
    await this.#items.return();
  }
}

/** Server-sent events; each item is the `data` of one, as JSON where it is JSON. */
export const events = {
  stream: true,
  /** @param {Answer} answer */
  decode: (answer) => new Stream(answer.response, eventData(answer)),
};

/** Server-sent events with their names and ids: `{ event, data, id, retry }`. */
export const wholeEvents = {
  stream: true,
  /** @param {Answer} answer */
  decode: (answer) => new Stream(answer.response, parsedEvents(answer)),
};

/** JSON lines, and JSON text sequences (RFC 7464). */
export const jsonLines = {
  stream: true,
  /** @param {Answer} answer */
  decode: (answer) => new Stream(answer.response, jsonItems(answer)),
};

/** @param {Answer} answer */
async function* jsonItems(answer) {
  for await (const line of lines(chunks(answer))) {
    const text = line.replace(/^\x1e/, "").trim();
    if (text === "") continue;
    try {
      yield parse(text);
    } catch (cause) {
      throw new DecodeError(`a line of \`${answer.operation.id}\` is not JSON`, answer.response, text, cause);
    }
  }
}

/** @param {Answer} answer */
async function* eventData(answer) {
  for await (const { data } of parsedEvents(answer)) yield data;
}

/** @param {Answer} answer */
async function* parsedEvents(answer) {
  for await (const { data, ...event } of resumedEvents(answer)) {
    if (data === "[DONE]") return;
    yield { ...event, data: jsonOrText(data) };
  }
}

/**
 * Events; when the connection breaks behind one with an id, a GET goes on from there (HTML, 9.2.3).
 * @param {Answer} first
 */
async function* resumedEvents(first) {
  let answer = first;
  let lastEventId = "";
  let delay = FIRST_RECONNECTION;
  for (let broken = 0; ; broken += 1) {
    try {
      for await (const event of readEvents(lines(chunks(answer)))) {
        broken = 0;
        lastEventId = event.id ?? lastEventId;
        delay = event.retry ?? delay;
        yield event;
      }
      return;
    } catch (error) {
      const resumable = error instanceof ConnectionError && lastEventId && answer.operation.method === "GET";
      if (!resumable || !answer.resume || broken === MOST_RECONNECTIONS) throw error;
    }
    await wait(delay, answer.signal);
    answer = await answer.resume(lastEventId);
  }
}

/**
 * @param {AsyncIterable<string>} source
 * @returns {AsyncGenerator<import("./types.d.ts").ServerSentEvent, void, undefined>}
 */
export async function* readEvents(source) {
  /** @type {string | undefined} */
  let event;
  /** @type {string | undefined} */
  let id;
  /** @type {number | undefined} */
  let retry;
  /** @type {string[]} */
  let data = [];
  for await (const line of source) {
    if (line === "") {
      if (data.length > 0) yield { event, data: data.join("\n"), id, retry };
      [event, retry, data] = [undefined, undefined, []];
      continue;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
}

/** @param {string} text */
function jsonOrText(text) {
  try {
    return parse(text);
  } catch {
    return text;
  }
}
