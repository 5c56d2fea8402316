// SPDX-License-Identifier: 0BSD
// A request from the values of a call: its address, its headers, its body. Nothing is sent here.

import { headerValue, present } from "./encode.js";
import { ArgumentError } from "./errors.js";
import { isBrowser, randomKey } from "./platform.js";
import { form, simple } from "./styles.js";

/** @typedef {import("./internal.d.ts").Operation} Operation */
/** @typedef {import("./internal.d.ts").State} State */
/** @typedef {import("./internal.d.ts").EncodedBody} EncodedBody */
/** @typedef {import("./types.d.ts").RequestOptions} RequestOptions */
/** @typedef {Record<string, unknown>} Params */

/**
 * @param {State} state
 * @param {Operation} operation
 * @param {RequestOptions} options
 */
export function baseUrl(state, operation, options) {
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
export function composeUrl(state, operation, values, params, options) {
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
export function composeHeaders(state, operation, params, options, body) {
  const { name, version } = state.settings;
  const headers = new Headers({ accept: operation.accept ?? "application/json" });
  if (!isBrowser()) {
    headers.set("user-agent", `${name}-javascript/${version} portolan`);
    // Node's fetch takes a compressed body without its end for a whole one, and of these nothing else tells.
    if (operation.responses?.some(([, { stream, plain }]) => stream || plain)) headers.set("accept-encoding", "identity");
  }
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
  addHeaders(headers, options.headers);
  operation.cookies?.add(headers, operation.cookies.parameters, params);
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
 * @param {State} state
 * @param {Operation} operation
 * @param {Params} params
 * @param {RequestOptions} options
 * @returns {EncodedBody | undefined}
 */
export function composeBody(state, operation, params, options) {
  const { body } = operation;
  if (!body) return undefined;
  const { contentType } = options;
  const exact = body.forms.findIndex(([type]) => type === contentType);
  const chosen = exact < 0 && contentType ? body.forms.findIndex(([type]) => matches(type, contentType)) : exact;
  const [mediaType, encoder, encodings = []] = body.forms[Math.max(chosen, 0)];
  let value = body.flat && chosen <= 0 ? remaining(operation, params) : own(params, body.key ?? "body");
  if (options.extraBody) value = { .../** @type {object} */ (value), ...options.extraBody };
  if (value === undefined && body.required && body.flat) value = {};
  if (value === undefined) return undefined;
  return encoder.encode(convert(operation.sent, value), contentType ?? mediaType, encodings, state);
}

/**
 * The members of the body: all that is no parameter.
 * @param {Operation} operation
 * @param {Params} params
 */
function remaining({ query = [], headers = [], cookies }, params) {
  const taken = new Set([...query, ...headers, ...(cookies?.parameters ?? [])].map(([name, , , key = name]) => key));
  const entries = Object.entries(params).filter(([key]) => !taken.has(key));
  return entries.length ? Object.fromEntries(entries) : undefined;
}

/**
 * Whether a media type is the one of the document, which may hold wildcards.
 * @param {string} expected
 * @param {string} actual
 */
export function matches(expected, actual) {
  const [wanted, given] = [expected, actual].map((type) => type.split(";")[0].trim().toLowerCase());
  return wanted === given || (wanted.endsWith("/*") && given.startsWith(wanted.replace(/\*\/?/g, "")));
}

/**
 * The body under its own names, where a parameter has the name of a member.
 * @param {Params} value
 * @param {[string, string][]} names as a caller gives them, and as they are sent
 */
export function renamed(value, names) {
  // A file, or another form of the body, is sent as it is.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const sent = new Map(names);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [sent.get(key) ?? key, member]));
}

/**
 * What an object itself has, nothing of its prototypes.
 * @param {Params} params
 * @param {string} key
 */
export function own(params, key) {
  return Object.hasOwn(params, key) ? params[key] : undefined;
}

/**
 * A value in the form that the settings ask for.
 * @template Value
 * @param {((value: Value) => any) | undefined} conversion
 * @param {Value} value
 */
export function convert(conversion, value) {
  return conversion ? conversion(value) : value;
}
