// SPDX-License-Identifier: 0BSD
// What the modules of the runtime tell each other.

import type { ClientOptions, LogLevel, Logger } from "./types.js";

/** An operation, as data. */
export interface Operation {
  id: string;
  method: string;
  /** Text, and in its gaps parameters. */
  path: (string | PathParameter)[];
  query?: QueryParameter[];
  headers?: HeaderParameter[];
  /** With the function that writes them. */
  cookies?: {
    add: (headers: Headers, parameters: QueryParameter[], params: Record<string, unknown>) => void;
    parameters: QueryParameter[];
  };
  body?: BodySpec;
  /** What to ask for. */
  accept?: string;
  /** By media type; JSON alone when absent. */
  responses?: [mediaType: string, decoder: Decoder][];
  /** Where this operation answers, unless the caller says otherwise. */
  server?: string;
  /** A choice; what the document says for all when absent. */
  security?: SecurityAlternative[];
  idempotency?: string;
  /** What puts integers of 64 bits into one form: in data, in the data of errors, in the body. */
  received?: (value: any) => unknown;
  failed?: (value: any) => unknown;
  sent?: (value: any) => unknown;
  /** Whether numbers that are no integers come to those functions with all their digits. */
  exact?: boolean;
  page?: PageSpec;
}

export type Encode = (text: string) => string;
export type PathParameter = [
  name: string,
  style?: ((name: string, value: unknown, encode?: Encode) => string) | undefined,
  encode?: Encode | undefined,
];
export type QueryParameter = [
  name: string,
  style?: ((name: string, value: unknown, encode?: Encode) => string[]) | undefined,
  encode?: Encode | undefined,
  key?: string,
];
export type HeaderParameter = [
  name: string,
  style?: ((name: string, value: unknown, encode?: Encode) => string) | undefined,
  encode?: Encode | undefined,
  key?: string,
];

export interface BodySpec {
  forms: [mediaType: string, encoder: BodyEncoder, encodings?: PartEncoding[]][];
  /** Whether the members of the first form stand among the parameters. */
  flat?: boolean;
  required?: boolean;
  /** The parameter that holds a body that is not flat; `body` when absent. */
  key?: string;
}

/** How one property of a form is written. */
export type PartEncoding = [
  property: string,
  how: {
    type?: string;
    style?: (name: string, value: unknown, encode?: Encode) => string[];
    encode?: Encode;
    headers?: Record<string, string>;
  },
];

export interface BodyEncoder {
  /** Undefined when there is nothing to send after all. */
  encode(value: any, mediaType: string, encodings: PartEncoding[], state: State): EncodedBody | undefined;
}

/** A body that can be sent. */
export interface EncodedBody {
  type: string | undefined;
  /** Makes it anew for each attempt. */
  open(): NonNullable<RequestInit["body"]> | ReadableStream<Uint8Array>;
  /** Whether `open` can only be called once. */
  once?: boolean;
  /** What sends it, where the client's own fetch does not. */
  fetch?: State["fetch"];
}

export interface Decoder {
  /** Whether it reads from the response as it arrives. */
  stream?: boolean;
  /** Whether nothing in the body tells that its end is missing. */
  plain?: boolean;
  decode(answer: Answer): unknown;
}

/** `Uint8Array<ArrayBuffer>`, in words that compilers before TypeScript 5.7 know too. */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>["encode"]>;

/** An answer of the server, its body read already unless it is a stream. */
export interface Answer {
  response: Response;
  /** The body, when it was read. */
  bytes?: Bytes;
  operation: Operation;
  /** To be called when a stream ends or is left: nothing can stop it, and it stops nothing, from then on. */
  release(): void;
  /** Asks for the rest of an answer that broke, by these headers. */
  resume?: (resumption: Record<string, string>) => Promise<Answer>;
  signal?: AbortSignal | undefined;
  /** How often it is asked again without anything new. */
  maxRetries?: number;
}

export interface PageSpec {
  next: (turn: PageTurn) => { params: Record<string, unknown> } | { url: string } | undefined;
  items: string[];
  /** The query parameter that chooses the page. */
  parameter?: string;
  /** The query parameter for the size of a page. */
  size?: string;
  /** Where the answer says what comes next. */
  from?: string[];
  /** Where the answer says whether there is more. */
  more?: string[];
  /** Where the answer says how many there are. */
  total?: string[];
  first?: number;
}

export interface PageTurn {
  spec: PageSpec;
  body: any;
  items: any[];
  params: Record<string, any>;
  response: Response;
}

export type SecurityAlternative = [scheme: string, ...scopes: string[]][];

/** The request that a scheme signs. */
export interface Signing {
  url: URL;
  headers: Headers;
  /** Names of headers and query parameters that hold secrets: never logged, never sent elsewhere. */
  secrets: Set<string>;
}

export interface Scheme {
  /** The client's options that it needs, and the variable of the environment for each. */
  options: [option: string, variable: string][];
  apply(signing: Signing, values: string[], scheme: Scheme, scopes: string[], state: State): void | Promise<void>;
  /** The header, query parameter or cookie. */
  parameter?: string;
  /** Whether that is a cookie: then a browser sends it by itself. */
  inCookie?: boolean;
  tokenUrl?: string;
  /** Another option that is enough alone: a token that the caller got. */
  token?: [option: string, variable: string];
  /** After a 401: whether it is worth asking again with fresh credentials. */
  refresh?(state: State, scheme: Scheme, scopes: string[], signing: Signing): boolean | Promise<boolean>;
}

/** What is written into a package about its API. */
export interface Settings {
  name: string;
  version: string;
  /** e.g. `BOOKSHOP`. */
  prefix: string;
  /** With `{variables}`. */
  baseUrl: string;
  serverVariables?: [name: string, value: string][];
  security: SecurityAlternative[];
  schemes: [name: string, scheme: Scheme][];
}

export interface State {
  settings: Settings;
  options: ClientOptions & Record<string, any>;
  baseUrl: string;
  /** Whether the caller chose the base URL: then it holds for operations with servers of their own, too. */
  baseUrlGiven: boolean;
  timeout: number;
  maxRetries: number;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  logger: Logger;
  logLevel: LogLevel;
  schemes: Map<string, Scheme>;
  tokens: Map<string, Promise<{ token: string; expires: number }>>;
}
