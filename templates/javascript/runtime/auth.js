// SPDX-License-Identifier: 0BSD
// How a request shows who is calling. Each way is importable alone; `authenticate` chooses among them.

import { encode, headerValue } from "./encode.js";
import { ArgumentError, MissingCredentialsError } from "./errors.js";
import { environmentVariable, isBrowser, pageCannotSend } from "./platform.js";

/** @typedef {import("./internal.d.ts").Scheme} Scheme */
/** @typedef {import("./internal.d.ts").State} State */
/** @typedef {import("./internal.d.ts").Signing} Signing */
/** @typedef {import("./internal.d.ts").SecurityAlternative} SecurityAlternative */

/** An API key in a header. @type {Scheme["apply"]} */
export function keyInHeader(signing, [key], { parameter = "" }) {
  setSecret(signing, parameter, key);
}

/** An API key in the query. @type {Scheme["apply"]} */
export function keyInQuery(signing, [key], { parameter = "" }) {
  const { url } = signing;
  url.search += `${url.search ? "&" : "?"}${encode(parameter)}=${encode(key)}`;
  signing.secrets.add(encode(parameter).toLowerCase());
}

/** An API key in a cookie. A browser sends its own cookies, and takes none from a page. @type {Scheme["apply"]} */
export function keyInCookie(signing, [key], { parameter = "" }) {
  if (isBrowser()) throw new ArgumentError(pageCannotSend(parameter));
  const known = signing.headers.get("cookie");
  setSecret(signing, "cookie", `${parameter}=${encode(key)}`);
  if (known) signing.headers.set("cookie", `${known}; ${signing.headers.get("cookie")}`);
}

/** User and password (RFC 7617). @type {Scheme["apply"]} */
export function basic(signing, [user, password]) {
  setSecret(signing, "authorization", `Basic ${base64(`${user}:${password}`)}`);
}

/** A token (RFC 6750). @type {Scheme["apply"]} */
export function bearer(signing, [token]) {
  setSecret(signing, "authorization", `Bearer ${token}`);
}

/** Another scheme of the `Authorization` header: the option holds all of its value. @type {Scheme["apply"]} */
export function authorization(signing, [value]) {
  setSecret(signing, "authorization", value);
}

/** A client certificate: the connection's matter, so the caller's `fetch` brings it. @type {Scheme["apply"]} */
export function mutualTls() {}

/**
 * Signs a request by the first alternative whose credentials are all there; gives the schemes that it used.
 * @param {State} state
 * @param {SecurityAlternative[]} alternatives
 * @param {Signing} signing
 * @param {import("./types.d.ts").ExtraHeaders} own headers that the caller wrote
 * @returns {Promise<[Scheme, string[]][]>}
 */
export async function authenticate(state, alternatives, signing, own) {
  if (alternatives.length === 0 || isSignedByCaller(state, alternatives, own)) return [];
  // An empty alternative says that nobody has to show who they are; whoever can, does.
  for (const alternative of alternatives.filter(({ length }) => length > 0)) {
    const uses = await Promise.all(alternative.map(([name, ...scopes]) => ready(state, name, scopes)));
    if (!uses.every((use) => use !== undefined)) continue;
    for (const { scheme, values, apply, scopes } of uses) await apply(signing, values, scheme, scopes, state);
    return uses.map(({ scheme, scopes }) => [scheme, scopes]);
  }
  const needsNothing = (/** @type {SecurityAlternative} */ alternative) =>
    alternative.every(([name]) => isBrowser() && state.schemes.get(name)?.inCookie);
  if (alternatives.some(needsNothing)) return [];
  throw new MissingCredentialsError(whatIsMissing(state, alternatives));
}

/**
 * The credentials of an option: given to the client, else from the environment.
 * @param {State} state
 * @param {[option: string, variable: string]} option
 * @returns {Promise<string | undefined>}
 */
async function credential(state, [option, variable]) {
  const given = Object.hasOwn(state.options, option) ? state.options[option] : undefined;
  return (typeof given === "function" ? await given() : given) || environmentVariable(variable);
}

/**
 * @param {State} state
 * @param {string} name
 * @param {string[]} scopes
 */
async function ready(state, name, scopes) {
  const scheme = state.schemes.get(name);
  if (!scheme) return undefined;
  if (scheme.token) {
    const token = await credential(state, scheme.token);
    if (token !== undefined) return { scheme, values: [token], apply: bearer, scopes };
  }
  if (scheme.token && scheme.options.length === 0) return undefined;
  const values = await Promise.all(scheme.options.map((option) => credential(state, option)));
  if (values.some((value) => value === undefined)) return undefined;
  return { scheme, values: /** @type {string[]} */ (values), apply: scheme.apply, scopes };
}

/**
 * Whether the caller wrote, or took away, the header of a scheme by hand: then they mean it.
 * @param {State} state
 * @param {SecurityAlternative[]} alternatives
 * @param {import("./types.d.ts").ExtraHeaders} own
 */
function isSignedByCaller(state, alternatives, own) {
  const names = new Set(["authorization", "cookie"]);
  for (const [name] of alternatives.flat()) names.add((state.schemes.get(name)?.parameter ?? "").toLowerCase());
  return Object.entries(own).some(([name, value]) => value !== undefined && names.has(name.toLowerCase()));
}

/**
 * @param {State} state
 * @param {SecurityAlternative[]} alternatives
 */
function whatIsMissing(state, alternatives) {
  const ways = alternatives.map((alternative) =>
    alternative
      .map(([name]) => {
        const scheme = state.schemes.get(name);
        const options = scheme?.options.length ? scheme.options : scheme?.token ? [scheme.token] : [];
        return options.length
          ? options.map(([option, variable]) => `\`${option}\` (or ${variable} in the environment)`).join(" and ")
          : `\`${name}\``;
      })
      .join(" and "),
  );
  return `no credentials: give the client ${[...new Set(ways)].join(", or ")}`;
}

/**
 * @param {Signing} signing
 * @param {string} name
 * @param {string} value
 */
function setSecret({ headers, secrets }, name, value) {
  headers.set(name, headerValue(name, value));
  secrets.add(name.toLowerCase());
}

/**
 * Base64 of the text's UTF-8 bytes.
 * @param {string} text
 */
export function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
