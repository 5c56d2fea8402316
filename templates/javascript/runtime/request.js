// SPDX-License-Identifier: 0BSD
// A call from its values to its data: compose, sign, send, try again, decode.

import { authenticate } from "./auth.js";
import { encode, headerValue, present } from "./encode.js";
import { ArgumentError, ConnectionError, DecodeError, statusError } from "./errors.js";
import { parse, parseOrText, stringify } from "./json.js";
import { log, safeHeaders, safeUrl } from "./log.js";
import { isBrowser, pageCannotSend, randomKey, unlessAborted, wait } from "./platform.js";
import { ApiPromise } from "./promise.js";
import { isRetriable, retryDelay } from "./retry.js";
import { STATE } from "./state.js";
import { form, simple } from "./styles.js";
import { RefusedRedirectError, exchange, keepHarmless } from "./transport.js";

/** @typedef {import("./internal.d.ts").Operation} Operation */
/** @typedef {import("./internal.d.ts").State} State */
/** @typedef {import("./internal.d.ts").Answer} Answer */
/** @typedef {import("./internal.d.ts").EncodedBody} EncodedBody */
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
      return convert(operation.received, parse(text));
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
  const body = composeBody(operation, params, options);
  const headers = composeHeaders(state, operation, params, options, body);
  for (const [name, value] of Object.entries(manner.resumption ?? {})) headers.set(name, headerValue(name, value));
  // A link to the next page may lead anywhere; credentials only go where the caller or the document sends them.
  const trusted = manner.url === undefined || url.origin === baseUrl(state, operation, options).origin;
  if (!trusted) keepHarmless(headers);
  const own = { ...state.options.headers, ...options.headers };
  let refreshed = false;
  for (let attempt = 0; ; attempt += 1) {
    const signing = { url: new URL(url), headers: new Headers(headers), secrets: new Set() };
    const alternatives = operation.security ?? state.settings.security;
    const uses = trusted ? await unlessAborted(authenticate(state, alternatives, signing, own), signal) : [];
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
 * @param {State} state
 * @param {Operation} operation
 * @param {RequestOptions} options
 */
function baseUrl(state, operation, options) {
  const base = options.baseUrl ?? (state.baseUrlGiven ? state.baseUrl : (operation.server ?? state.baseUrl));
  try {
    return new URL(base.replace(/\/+$/, "") || "/", globalThis.location?.href);
  } catch {
    throw new ArgumentError(
      `\`${base}\` is no absolute URL: give the client \`baseUrl\`, or set ${state.settings.prefix}_BASE_URL`,
    );
  }
}

/**
 * @param {State} state
 * @param {Operation} operation
 * @param {unknown[]} values
 * @param {Params} params
 * @param {RequestOptions} options
 */
function composeUrl(state, operation, values, params, options) {
  const path = composePath(operation, values);
  const pairs = (operation.query ?? []).flatMap(([name, style = form, encoded, key = name]) => {
    const value = own(params, key);
    return value === undefined ? [] : style(name, value, encoded);
  });
  for (const extra of [state.options.query, options.query]) {
    for (const [name, value] of Object.entries(extra ?? {})) if (value !== undefined) pairs.push(...form(name, value));
  }
  const base = baseUrl(state, operation, options);
  // Without its slash a path of the caller's would go on with the name of the host.
  const address = base.origin + base.pathname.replace(/\/$/, "") + (/^($|[/?])/.test(path) ? path : `/${path}`);
  const query = [base.search.slice(1), ...pairs].filter(Boolean).join("&");
  return new URL(query ? `${address}${address.includes("?") ? "&" : "?"}${query}` : address);
}

/**
 * The path with its values. None may be empty, and none may make a segment `.` or `..`: the address would be another.
 * @param {Operation} operation
 * @param {unknown[]} values
 */
function composePath({ id, path }, values) {
  let index = 0;
  const composed = path.map((part) => {
    if (typeof part === "string") return part;
    const [name, style = simple, encoded] = part;
    const value = values[index];
    index += 1;
    const text = present(value) && value !== "" ? style(name, value, encoded) : "";
    if (text === "") throw new ArgumentError(`\`${id}\` needs a value for \`${name}\`, and it must not be empty`);
    return text;
  });
  const whole = composed.join("");
  if (whole.split(/[/\\?#]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new ArgumentError(`\`${id}\` does not take \`.\` or \`..\` as a part of its path`);
  }
  return whole;
}

/**
 * @param {State} state
 * @param {Operation} operation
 * @param {Params} params
 * @param {RequestOptions} options
 * @param {EncodedBody | undefined} body
 */
function composeHeaders(state, operation, params, options, body) {
  const { name, version } = state.settings;
  const headers = new Headers({ accept: operation.accept ?? "application/json" });
  if (!isBrowser()) headers.set("user-agent", `${name}-javascript/${version} portolan`);
  if (body?.type) headers.set("content-type", headerValue("content-type", body.type));
  const always = operation.method === "POST" ? state.options.idempotencyHeader : undefined;
  const idempotency = operation.idempotency ?? always ?? (options.idempotencyKey && "idempotency-key");
  if (idempotency) headers.set(idempotency, headerValue(idempotency, options.idempotencyKey ?? randomKey()));
  addHeaders(headers, state.options.headers);
  for (const [wire, style = simple, encoded = String, key = wire] of operation.headers ?? []) {
    const value = own(params, key);
    const line = value === undefined ? "" : style(wire, value, encoded);
    if (line !== "" || value === "") headers.set(wire, headerValue(wire, line));
  }
  const cookies = (operation.cookies ?? []).flatMap(([wire, style = form, encoded = encode, key = wire]) => {
    const value = own(params, key);
    const pairs = value === undefined ? [] : style(wire, value, encoded);
    if (pairs.some((pair) => pair.includes(";"))) throw new ArgumentError("a semicolon in a cookie would begin another one");
    return pairs;
  });
  addHeaders(headers, options.headers);
  if (cookies.length > 0) {
    if (isBrowser()) throw new ArgumentError(pageCannotSend(cookies[0].split("=", 1)[0]));
    const known = headers.get("cookie");
    headers.set("cookie", headerValue("cookie", [...(known ? [known] : []), ...cookies].join("; ")));
  }
  return headers;
}

/**
 * @param {Headers} headers
 * @param {import("./types.d.ts").ExtraHeaders | undefined} extra
 */
function addHeaders(headers, extra) {
  for (const [name, value] of Object.entries(extra ?? {})) {
    if (value === null) headers.delete(name);
    else if (value !== undefined) headers.set(name, headerValue(name, value));
  }
}

/**
 * @param {Operation} operation
 * @param {Params} params
 * @param {RequestOptions} options
 * @returns {EncodedBody | undefined}
 */
function composeBody(operation, params, options) {
  const { body } = operation;
  if (!body) return undefined;
  const { contentType } = options;
  const chosen = contentType === undefined ? 0 : body.forms.findIndex(([type]) => matches(type, contentType));
  const [mediaType, encoder, encodings = []] = body.forms[Math.max(chosen, 0)];
  let value = body.flat && chosen <= 0 ? remaining(operation, params) : own(params, body.key ?? "body");
  if (options.extraBody) value = { .../** @type {object} */ (value), ...options.extraBody };
  if (value === undefined && body.required && body.flat) value = {};
  if (value === undefined) return undefined;
  return encoder.encode(convert(operation.sent, value), contentType ?? mediaType, encodings);
}

/**
 * The members of the body: all that is no parameter.
 * @param {Operation} operation
 * @param {Params} params
 */
function remaining({ query = [], headers = [], cookies = [] }, params) {
  const taken = new Set([...query, ...headers, ...cookies].map(([name, , , key = name]) => key));
  const entries = Object.entries(params).filter(([key]) => !taken.has(key));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
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
 * Whether a media type is the one of the document, which may hold wildcards.
 * @param {string} expected
 * @param {string} actual
 */
function matches(expected, actual) {
  const [wanted, given] = [expected, actual].map((type) => type.split(";", 1)[0].trim().toLowerCase());
  return wanted === given || wanted === "*/*" || (wanted.endsWith("/*") && given.startsWith(wanted.slice(0, -1)));
}

/**
 * What an error brings: JSON whatever it says it is, else text.
 * @param {Operation} operation
 * @param {Uint8Array | undefined} bytes
 */
function errorData({ failed }, bytes) {
  return bytes?.length ? convert(failed, parseOrText(new TextDecoder().decode(bytes))) : undefined;
}

/**
 * @template Value
 * @param {((value: Value) => any) | undefined} conversion
 * @param {Value} value
 */
export function convert(conversion, value) {
  return conversion ? conversion(value) : value;
}

/**
 * What an object itself has, nothing of its prototypes.
 * @param {Params} params
 * @param {string} key
 */
function own(params, key) {
  return Object.hasOwn(params, key) ? params[key] : undefined;
}
