// SPDX-License-Identifier: 0BSD

import type { StatusError } from "./errors.js";
import type { Answer } from "./internal.js";
import type { KnownResponse, Result, WithResponse } from "./types.js";

/** A call that was made. Awaiting it gives the data; `withResponse()` and `asResponse()` give the response too. */
export declare class ApiPromise<Data, Failure = StatusError, Known = {}> implements Promise<Data> {
  constructor(start: (raw: boolean) => Promise<Answer>, decode: (answer: Answer) => Data | Promise<Data>);
  readonly [Symbol.toStringTag]: string;
  then<A = Data, B = never>(
    fulfilled?: ((value: Data) => A | PromiseLike<A>) | null,
    rejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B>;
  catch<B = never>(rejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<Data | B>;
  finally(settled?: (() => void) | null): Promise<Data>;
  /** The data with the response: its status and headers. */
  withResponse(): Promise<WithResponse<Data, Known>>;
  /** The response alone, its body not yet read. An error status still throws. */
  asResponse(): Promise<KnownResponse<Known>>;
  /** What came of it, without throwing; the error's `data` is typed by its `status`. */
  asResult(): Promise<Result<Data, Failure, Known>>;
}
