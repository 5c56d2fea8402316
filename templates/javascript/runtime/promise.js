// SPDX-License-Identifier: 0BSD

import { ApiError } from "./errors.js";

/** @typedef {import("./internal.d.ts").Answer} Answer */

/**
 * A call that was made. Awaiting it gives the data; `withResponse()` and `asResponse()` give the response too.
 * @template Data
 */
export class ApiPromise {
  /** @type {(raw: boolean) => Promise<Answer>} */
  #start;
  /** @type {(answer: Answer) => Data | Promise<Data>} */
  #decode;
  /** @type {Promise<Answer> | undefined} */
  #answer;
  /** @type {Promise<Data> | undefined} */
  #data;

  /**
   * The request leaves at the end of the current turn, so that `asResponse()` can still say that nobody is to read the
   * body.
   * @param {(raw: boolean) => Promise<Answer>} start
   * @param {(answer: Answer) => Data | Promise<Data>} decode
   */
  constructor(start, decode) {
    this.#start = start;
    this.#decode = decode;
    queueMicrotask(() => void (this.#answer ?? this.#read()));
  }

  get [Symbol.toStringTag]() {
    return "ApiPromise";
  }

  /** @param {boolean} raw */
  #send(raw) {
    this.#answer ??= this.#start(raw);
    return this.#answer;
  }

  /** @returns {Promise<Data>} */
  #read() {
    this.#data ??= this.#send(false).then((answer) => this.#decode(answer));
    return this.#data;
  }

  /**
   * @template [A=Data], [B=never]
   * @param {((value: Data) => A | PromiseLike<A>) | null} [fulfilled]
   * @param {((reason: any) => B | PromiseLike<B>) | null} [rejected]
   * @returns {Promise<A | B>}
   */
  then(fulfilled, rejected) {
    return this.#read().then(fulfilled, rejected);
  }

  /**
   * @template [B=never]
   * @param {((reason: any) => B | PromiseLike<B>) | null} [rejected]
   * @returns {Promise<Data | B>}
   */
  catch(rejected) {
    return this.#read().catch(rejected);
  }

  /**
   * @param {(() => void) | null} [settled]
   * @returns {Promise<Data>}
   */
  finally(settled) {
    return this.#read().finally(settled);
  }

  /** The data with the response: its status and headers. */
  async withResponse() {
    const data = await this.#read();
    const { response } = await this.#send(false);
    return { data, response };
  }

  /** The response alone, its body not yet read. An error status still throws. */
  async asResponse() {
    const { response, bytes } = await this.#send(true);
    return bytes === undefined || !response.bodyUsed ? response : new Response(bytes.length ? bytes : null, response);
  }

  /** What came of it, without throwing: `{ ok: true, data, response }` or `{ ok: false, error }`. */
  async asResult() {
    try {
      return { ok: /** @type {const} */ (true), ...(await this.withResponse()) };
    } catch (error) {
      if (error instanceof ApiError) return { ok: /** @type {const} */ (false), error };
      throw error;
    }
  }
}
