// SPDX-License-Identifier: 0BSD

import type { StatusError } from "./errors.js";
import type { ApiPromise } from "./promise.js";

/** A page on its way. Awaiting it gives the page; iterating over it gives all items of all pages. */
export declare class PagePromise<Item, Body = unknown, Failure = StatusError, Known = {}>
  extends ApiPromise<Page<Item, Body>, Failure, Known>
  implements AsyncIterable<Item>
{
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
  /** All pages, one after the other. */
  pages(): AsyncGenerator<Page<Item, Body>, void, undefined>;
  /** At most so many items; fetches no page more than that takes. */
  take(count: number): Promise<Item[]>;
}

/** One page of a list. */
export declare class Page<Item, Body = unknown> implements AsyncIterable<Item> {
  private constructor();
  /** The items of this page. */
  readonly items: Item[];
  /** The body as it came. */
  readonly body: Body;
  readonly response: Response;
  hasNextPage(): boolean;
  /** The next page; undefined after the last. */
  nextPage(): Promise<Page<Item, Body> | undefined>;
  /** This page and all after it. */
  pages(): AsyncGenerator<Page<Item, Body>, void, undefined>;
  /** At most so many items of this page and of all after it; fetches no page more than that takes. */
  take(count: number): Promise<Item[]>;
  /** The items of this page and of all after it. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
}
