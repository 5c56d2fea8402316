// SPDX-License-Identifier: 0BSD
// What callers give and get, beside the types of the API itself.

import type { ArgumentError, ConnectionError, DecodeError, MissingCredentialsError } from "./errors.js";

/** A secret, or a function that knows the present one. */
export type Credential = string | (() => string | Promise<string>);

/** Headers to add; `null` takes one away that would be sent otherwise. */
export type ExtraHeaders = { [name: string]: string | number | boolean | null | undefined };

/** Query parameters to add. */
export type ExtraQuery = { [name: string]: unknown };

export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Where lines of the log go; `console` is one. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** A request about to be sent. A hook may change it. */
export interface OutgoingRequest {
  url: URL;
  method: string;
  headers: Headers;
  readonly body: unknown;
  /** The id of the operation. */
  readonly operation: string;
  /** 0, then one more for each retry. */
  readonly attempt: number;
}

/** Functions that see each attempt. */
export interface Hooks {
  beforeRequest?(request: OutgoingRequest): void | Promise<void>;
  /** May give another response to go on with. */
  afterResponse?(response: Response, request: OutgoingRequest): void | Response | Promise<void | Response>;
}

/** How a client is made; each API adds its credentials. */
export interface ClientOptions {
  /** Where the API answers, without a slash at the end: also for operations with servers of their own. */
  baseUrl?: string | undefined;
  /**
   * Milliseconds for an attempt, 60,000 unless given; `Infinity` for no end. A stream or a download only has to begin in
   * that time. `fetch` does not tell when it is connected, so a connection has no time of its own; a dispatcher can give
   * it one, see `fetch`.
   */
  timeout?: number | undefined;
  /** How often a failed request is sent again, 2 unless given. */
  maxRetries?: number | undefined;
  headers?: ExtraHeaders | undefined;
  query?: ExtraQuery | undefined;
  /**
   * Used in place of the global `fetch`, for proxies, client certificates, or cookies of another origin. In Node with
   * undici: `(url, init) => fetch(url, { ...init, dispatcher: new Agent({ connect: { cert, key, timeout: 5_000 } }) })`.
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  hooks?: Hooks | undefined;
  logger?: Logger | undefined;
  logLevel?: LogLevel | undefined;
  /** Sends this header with a random key on every POST, the same key on every retry. */
  idempotencyHeader?: string | undefined;
  /** In a browser, everybody who sees the page can read the credentials that its scripts hold. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** How one call is made. */
export interface RequestOptions {
  /** Stops the call, its retries and its stream. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for an attempt; `Infinity` for no end. */
  timeout?: number | undefined;
  maxRetries?: number | undefined;
  headers?: ExtraHeaders | undefined;
  query?: ExtraQuery | undefined;
  /** Members to add to a body that is an object. */
  extraBody?: { [name: string]: unknown } | undefined;
  /** Which of the forms that the operation takes, or the media type of a file. */
  contentType?: string | undefined;
  /** Sent on each attempt alike: as the document or the client names it, else as `Idempotency-Key`. */
  idempotencyKey?: string | undefined;
  baseUrl?: string | undefined;
}

/** Bytes from anywhere. Files on disk: `await fileFromPath("cover.png")`. */
export type Uploadable =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | string
  | NamedUpload;

/** Bytes with a name and a media type of their own; as a part of a form, also with headers. */
export interface NamedUpload {
  content: Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | string;
  name?: string | undefined;
  type?: string | undefined;
  headers?: Record<string, string> | undefined;
}

/** An event of a stream of server-sent events. */
export interface ServerSentEvent<Data = string> {
  event: string | undefined;
  data: Data;
  id: string | undefined;
  retry: number | undefined;
}

/** A response whose headers the document describes: `headers.get` knows their names, and what their text looks like. */
export type KnownResponse<Known> = {
  readonly headers: { get<Name extends keyof Known>(name: Name): Known[Name] | null } & Headers;
} & Response;

/** Data with the response that brought it. */
export interface WithResponse<Data, Known = {}> {
  data: Data;
  response: KnownResponse<Known>;
}

/** What may go wrong in every call, beside what the operation says. */
export type CallError = ArgumentError | ConnectionError | DecodeError | MissingCredentialsError;

/** What came of a call. `error instanceof NotFoundError` tells the type of its `data`. */
export type Result<Data, Failure, Known = {}> =
  | { ok: true; data: Data; response: KnownResponse<Known>; error?: undefined }
  | { ok: false; error: Failure | CallError; data?: undefined; response?: undefined };
