// SPDX-License-Identifier: 0BSD

import type { Answer } from "./internal.js";
import type { ServerSentEvent } from "./types.js";

/** The items of an answer as they arrive. Leaving the loop closes the connection, and so does `close()`. */
export declare class Stream<Item> implements AsyncIterable<Item> {
  constructor(response: Response, items: AsyncGenerator<Item, void, undefined>, left: AbortController);
  readonly response: Response;
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
  /** Ends the stream and its connection, also while somebody waits for the next item: their loop ends. */
  close(): Promise<void>;
}

export declare const events: { stream: true; decode(answer: Answer): Stream<any> };
export declare const wholeEvents: { stream: true; decode(answer: Answer): Stream<ServerSentEvent<any>> };
export declare const jsonLines: { stream: true; decode(answer: Answer): Stream<any> };

export declare function readEvents(
  source: AsyncIterable<string>,
  progress?: { lastEventId: string; retry: number },
): AsyncGenerator<ServerSentEvent, void, undefined>;
