// SPDX-License-Identifier: 0BSD
// OAuth 2 client credentials (RFC 6749, 4.4): one token for each set of scopes, one request for it at a time.

import { base64, bearer } from "./auth.js";
import { ConnectionError, statusError } from "./errors.js";

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

/** Forgets a token that the server no longer takes. @type {NonNullable<Scheme["refresh"]>} */
export function forgetToken(state, scheme, scopes) {
  return state.tokens.delete(tokenKey(scheme, scopes));
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
  const url = new URL(state.options.tokenUrl ?? scheme.tokenUrl ?? "", `${state.baseUrl}/`);
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scopes.length > 0) form.set("scope", scopes.join(" "));
  const response = await state
    .fetch(url.href, {
      method: "POST",
      headers: {
        accept: "application/json",
        authorization: `Basic ${base64(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: form.toString(),
      redirect: "error",
      signal: AbortSignal.timeout(state.timeout),
    })
    .catch((cause) => {
      throw new ConnectionError(`no token from ${url.origin}: the connection failed`, { cause });
    });
  const answer = await response.json().catch(() => undefined);
  if (!response.ok || typeof answer?.access_token !== "string") throw statusError("token", response, answer);
  const seconds = Number(answer.expires_in ?? 3600);
  return {
    token: /** @type {string} */ (answer.access_token),
    expires: Date.now() + Math.max(seconds - LEEWAY, seconds / 2) * 1_000,
  };
}
