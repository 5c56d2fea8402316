// SPDX-License-Identifier: 0BSD
// A call from its values to its data: compose, sign, send, try again, decode.

import { authenticate } from "./auth.js";
import { baseUrl, composeBody, composeHeaders, composeUrl, convert, matches } from "./compose.js";
import { headerValue } from "./encode.js";
import { ConnectionError, DecodeError, statusError } from "./errors.js";
import { parse, parseOrText, stringify } from "./json.js";
import { log, safeHeaders, safeUrl } from "./log.js";
import { unlessAborted, wait } from "./platform.js";
import { ApiPromise } from "./promise.js";
import { isRetriable, retryDelay } from "./retry.js";
import { STATE } from "./state.js";
import { RefusedRedirectError, exchange } from "./transport.js";

/** @typedef {import("./internal.d.ts").Operation} Operation */
/** @typedef {import("./internal.d.ts").State} State */
/** @typedef {import("./internal.d.ts").Answer} Answer */
/** @typedef {import("./types.d.ts").RequestOptions} RequestOptions */
/** @typedef {Record<string, unknown>} Params */
/** @typedef {{ [STATE]: State }} Client */

/** JSON: how most bodies are written and read. */
export const json = {
  /**
   * @param {unknown} value
   * @param {string} mediaType
   */
  encode(value, mediaType) {
    const body = stringify(value);
    return { type: mediaType, open: () => body };
  },
  /** @param {Answer} answer */
  decode({ response, bytes, operation }) {
    if (!bytes?.length) return undefined;
    const text = new TextDecoder().decode(bytes);
    try {
      return convert(operation.received, parse(text, operation.exact));
    } catch (cause) {
      const type = response.headers.get("content-type") ?? "nothing";
      throw new DecodeError(`the answer to \`${operation.id}\` is not JSON; it says it is ${type}`, response, text, cause);
    }
  },
};

/**
 * Calls an operation.
 * @param {Client} client
 * @param {Operation} operation
 * @param {unknown[]} [path] the path's values, in order
 * @param {Params} [params]
 * @param {RequestOptions} [options]
 * @returns {ApiPromise<any>}
 */
export function request(client, operation, path = [], params = {}, options = {}) {
  return new ApiPromise((raw) => send(client[STATE], operation, path, params, options, { raw }), decode);
}

/**
 * The data of an answer.
 * @param {Answer} answer
 */
export async function decode(answer) {
  const { operation, response, bytes } = answer;
  const decoder = decoderFor(operation, response);
  // `asResponse()` left the body alone, and now somebody wants its data after all.
  if (bytes || decoder.stream) return decoder.decode(answer);
  return decoder.decode({ ...answer, bytes: new Uint8Array(await response.arrayBuffer()) });
}

/**
 * Sends a request, again where that helps, until it is answered with success.
 * @param {State} state
 * @param {Operation} operation
 * @param {unknown[]} path
 * @param {Params} params
 * @param {RequestOptions} options
 * @param {{ raw?: boolean, url?: string, resumption?: Record<string, string> }} [manner] `url` takes the place of the
 *   operation's own; `resumption` are headers that ask for the rest of an answer
 * @returns {Promise<Answer>}
 */
export async function send(state, operation, path, params, options, manner = {}) {
  const { signal, timeout = state.timeout, maxRetries = state.maxRetries } = options;
  const url = manner.url === undefined ? composeUrl(state, operation, path, params, options) : new URL(manner.url);
  const body = composeBody(state, operation, params, options);
  const headers = composeHeaders(state, operation, params, options, body);
  for (const [name, value] of Object.entries(manner.resumption ?? {})) headers.set(name, headerValue(name, value));
  // A link to the next page may lead anywhere; calls only go where the caller or the document sends them.
  if (manner.url !== undefined && url.origin !== baseUrl(state, operation, options).origin) {
    throw new RefusedRedirectError(`refused to follow a next page to another origin, ${url.origin}`);
  }
  const own = { ...state.options.headers, ...options.headers };
  let refreshed = false;
  for (let attempt = 0; ; attempt += 1) {
    const signing = { url: new URL(url), headers: new Headers(headers), secrets: new Set() };
    const alternatives = operation.security ?? state.settings.security;
    const uses = await unlessAborted(authenticate(state, alternatives, signing, own), signal);
    const outgoing = { method: operation.method, operation: operation.id, attempt, body, ...signing };
    await state.options.hooks?.beforeRequest?.(outgoing);
    const line = () => `${outgoing.method} ${safeUrl(outgoing.url, signing.secrets)}`;
    log(state, "debug", () => `> ${line()} ${safeHeaders(outgoing.headers, signing.secrets)}`);
    const begun = Date.now();
    /** @type {Awaited<ReturnType<typeof exchange>> | undefined} */
    let answer;
    /** @type {ConnectionError | undefined} */
    let failure;
    try {
      const streams = (/** @type {Response} */ response) =>
        response.ok && (manner.raw === true || decoderFor(operation, response).stream === true);
      answer = await exchange(state, outgoing, { signal, timeout, streams });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      failure = error;
    }
    const response = answer?.response;
    log(state, "info", () => `${line()} ${response?.status ?? failure?.message} ${Date.now() - begun} ms`);
    if (response) log(state, "debug", () => `< ${safeHeaders(response.headers, signing.secrets)}`);
    if (answer && response?.ok) {
      const resume = (/** @type {Record<string, string>} */ resumption) =>
        send(state, operation, path, params, options, { ...manner, resumption });
      return { ...answer, operation, signal, maxRetries, resume };
    }
    if (response?.status === 401 && !refreshed && !body?.once) {
      const outcomes = await Promise.all(uses.map(([scheme, scopes]) => scheme.refresh?.(state, scheme, scopes, signing)));
      refreshed = outcomes.includes(true);
      if (refreshed) continue;
    }
    const mayPass = failure ? !(failure instanceof RefusedRedirectError) : isRetriable(response?.status ?? 0);
    const worthwhile = mayPass && attempt < maxRetries && !body?.once;
    const delay = worthwhile ? retryDelay(attempt, response?.headers) : undefined;
    if (delay === undefined) {
      if (answer) throw statusError(operation.id, answer.response, errorData(operation, answer.bytes));
      throw failure;
    }
    log(state, "info", () => `${line()} again in ${Math.round(delay)} ms`);
    await wait(delay, signal);
  }
}

/**
 * @param {Operation} operation
 * @param {Response} response
 * @returns {import("./internal.d.ts").Decoder}
 */
function decoderFor({ responses }, response) {
  if (!responses?.length) return json;
  const type = response.headers.get("content-type") ?? "";
  const found = responses.find(([expected]) => matches(expected, type));
  return (found ?? responses[0])[1];
}

/**
 * What an error brings: JSON whatever it says it is, else text.
 * @param {Operation} operation
 * @param {Uint8Array | undefined} bytes
 */
function errorData({ failed, exact }, bytes) {
  return bytes?.length ? convert(failed, parseOrText(new TextDecoder().decode(bytes), exact)) : undefined;
}
