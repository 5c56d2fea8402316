// SPDX-License-Identifier: 0BSD
// OAuth 2 client credentials (RFC 6749, 4.4): one token for each set of scopes, one request for it at a time.

import { base64, bearer } from "./auth.js";
import { DecodeError, statusError } from "./errors.js";
import { parseOrText } from "./json.js";
import { wait } from "./platform.js";
import { isRetriable, retryDelay } from "./retry.js";
import { exchange } from "./transport.js";

/** @typedef {import("./internal.d.ts").Scheme} Scheme */
/** @typedef {import("./internal.d.ts").State} State */

/** Seconds before its end when a token is no longer used. */
const LEEWAY = 30;

/** @type {Scheme["apply"]} */
export async function clientCredentials(signing, [id, secret], scheme, scopes, state) {
  const key = tokenKey(scheme, scopes);
  let pending = state.tokens.get(key);
  const known = await pending;
  if (!known || known.expires <= Date.now()) {
    // Another call may have begun a new request while this one waited.
    if (state.tokens.get(key) === pending) {
      const request = requestToken(state, scheme, id, secret, scopes);
      state.tokens.set(key, request);
      request.catch(() => state.tokens.get(key) === request && state.tokens.delete(key));
    }
    pending = state.tokens.get(key);
  }
  const { token } = /** @type {{ token: string }} */ (await pending);
  return bearer(signing, [token], scheme, scopes, state);
}

/**
 * Forgets the token that the server refused; not the one that another call, refused before, has fetched since.
 * @type {NonNullable<Scheme["refresh"]>}
 */
export async function forgetToken(state, scheme, scopes, { headers }) {
  const key = tokenKey(scheme, scopes);
  const pending = state.tokens.get(key);
  const known = await pending?.catch(() => undefined);
  const refused = known && headers.get("authorization") === `Bearer ${known.token}`;
  if (refused && state.tokens.get(key) === pending) state.tokens.delete(key);
  return pending !== undefined;
}

/**
 * @param {Scheme} scheme
 * @param {string[]} scopes
 */
function tokenKey(scheme, scopes) {
  return `${scheme.tokenUrl} ${scopes.join(" ")}`;
}

/**
 * @param {State} state
 * @param {Scheme} scheme
 * @param {string} id
 * @param {string} secret
 * @param {string[]} scopes
 */
async function requestToken(state, scheme, id, secret, scopes) {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scopes.length > 0) form.set("scope", scopes.join(" "));
  const headers = new Headers({
    accept: "application/json",
    authorization: `Basic ${base64(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
    "content-type": "application/x-www-form-urlencoded",
  });
  const body = { type: undefined, open: () => form.toString() };
  const outgoing = { url: tokenUrl(state, scheme), method: "POST", headers, body, operation: "token", attempt: 0 };
  const { access_token: token, expires_in: seconds = 3600 } = await askForToken(state, outgoing);
  return { token, expires: Date.now() + Math.max(seconds - LEEWAY, seconds / 2) * 1_000 };
}

/**
 * @param {State} state
 * @param {import("./transport.js").Outgoing} outgoing
 * @returns {Promise<{ access_token: string, expires_in?: number }>}
 */
async function askForToken(state, outgoing) {
  // Hooks are for calls of the API.
  const quiet = { ...state, options: {} };
  for (let attempt = 0; ; attempt += 1) {
    let failure;
    const answer = await exchange(quiet, outgoing, { timeout: state.timeout, streams: () => false }).catch((error) => {
      failure = error;
    });
    const response = answer?.response;
    const data = parseOrText(new TextDecoder().decode(answer?.bytes));
    if (response?.ok) {
      if (typeof data?.access_token === "string") return data;
      throw new DecodeError("the token endpoint answered without an `access_token`", response, "");
    }
    const again = attempt < state.maxRetries && (!response || isRetriable(response.status));
    const delay = again ? retryDelay(attempt, response?.headers) : undefined;
    if (delay === undefined) throw response ? statusError("token", response, data) : failure;
    await wait(delay);
  }
}

/**
 * @param {State} state
 * @param {Scheme} scheme
 */
function tokenUrl(state, scheme) {
  const address = state.options.tokenUrl ?? scheme.tokenUrl ?? "";
  try {
    return new URL(address);
  } catch {
    return new URL(address, `${state.baseUrl}/`);
  }
}
