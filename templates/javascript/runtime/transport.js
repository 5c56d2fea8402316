// SPDX-License-Identifier: 0BSD
// One attempt: a request out, an answer in, within its time; redirects followed by hand, so that no credential follows
// to another origin. In a browser only fetch itself can follow, and takes nothing but `Authorization` away: so it follows
// when there is nothing else to take away.

import { ApiError, ConnectionError, DecodeError, TimeoutError } from "./errors.js";
import { isBrowser } from "./platform.js";

/** @typedef {import("./internal.d.ts").State} State */
/** @typedef {import("./internal.d.ts").EncodedBody} EncodedBody */
/** @typedef {{ url: URL, method: string, headers: Headers, body: EncodedBody | undefined, operation: string, attempt: number }} Outgoing */

/** A redirect that is not followed: another attempt would be sent the same way. */
export class RefusedRedirectError extends ConnectionError {}

const MOST_REDIRECTS = 10;
/** Bytes of an answer that is read whole: a small one may be decompressed to any size. Downloads have no such limit. */
const LARGEST_BODY = 256 * 1024 * 1024;
/** The most milliseconds that a timer counts. Beyond it, `Infinity` too, nothing is counted. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;
/** What may travel to an origin that the caller did not choose. */
const HARMLESS_HEADER = /^(accept(-language|-encoding)?|content-(type|language|encoding)|range|if-(none-)?match|if-(un)?modified-since|if-range|user-agent)$/;
/** What a browser takes away itself, or anybody may see. */
const SAFE_IN_BROWSER = /^(authorization|idempotency-key)$/;

/**
 * @param {State} state
 * @param {Outgoing} outgoing
 * @param {{ signal?: AbortSignal | undefined, timeout: number, streams: (response: Response) => boolean }} conditions
 * @returns {Promise<{ response: Response, bytes?: Uint8Array<ArrayBuffer>, release: () => void }>}
 */
export async function exchange(state, outgoing, { signal, timeout, streams }) {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let late = false;
  let inHook = false;
  const stop = () => controller.abort(signal?.reason);
  const expire = () => {
    late = true;
    controller.abort();
  };
  const timer = timeout <= LONGEST_TIMEOUT ? setTimeout(expire, timeout) : undefined;
  const release = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    let response = await follow(state, outgoing, controller.signal);
    if (state.options.hooks?.afterResponse) {
      inHook = true;
      response = (await state.options.hooks.afterResponse(response, outgoing)) ?? response;
      inHook = false;
    }
    if (streams(response)) {
      clearTimeout(timer);
      return { response, release };
    }
    // The status of an error says more than the breaking of the connection behind it.
    const bytes = await whole(response).catch((error) => {
      if (response.ok || signal?.aborted) throw error;
      return new Uint8Array();
    });
    release();
    return { response, bytes, release };
  } catch (cause) {
    release();
    controller.abort();
    if (signal?.aborted) throw signal.reason;
    if (inHook) throw cause;
    if (late) throw new TimeoutError(`no complete answer within ${timeout} ms`, { cause });
    if (cause instanceof ApiError) throw cause;
    throw new ConnectionError(`the connection to ${outgoing.url.origin} failed${reason(cause)}`, { cause });
  }
}

/**
 * @param {State} state
 * @param {Outgoing} outgoing
 * @param {AbortSignal} signal
 * @returns {Promise<Response>}
 */
async function follow(state, outgoing, signal) {
  let { url, method, headers, body } = outgoing;
  const inBrowser = isBrowser();
  const isSafe = (/** @type {string} */ name) => HARMLESS_HEADER.test(name) || SAFE_IN_BROWSER.test(name);
  const redirect = inBrowser && [...headers.keys()].every(isSafe) ? "follow" : "manual";
  for (let hops = 0; ; hops += 1) {
    /** @type {RequestInit & { duplex?: "half" }} */
    const init = { method, headers, signal, redirect };
    const content = body?.open();
    if (content instanceof ReadableStream && !inBrowser) init.duplex = "half";
    // Browsers stream requests over HTTP/2 at most, and some send `[object ReadableStream]`.
    if (content !== undefined) init.body = init.duplex || !body?.once ? content : await new Response(content).blob();
    const response = await (body?.fetch ?? state.fetch)(url.href, init);
    if (response.type === "opaqueredirect") {
      throw new RefusedRedirectError("the answer is a redirect, and a browser would take the credentials along");
    }
    const location = [301, 302, 303, 307, 308].includes(response.status) && response.headers.get("location");
    if (!location) return response;
    await response.body?.cancel();
    if (hops === MOST_REDIRECTS) throw new RefusedRedirectError(`more than ${MOST_REDIRECTS} redirects`);
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (!next || !/^https?:$/.test(next.protocol) || (url.protocol === "https:" && next.protocol === "http:")) {
      throw new RefusedRedirectError(`a redirect to ${next?.protocol ?? "no URL"} is not followed`);
    }
    headers = new Headers(headers);
    if (next.origin !== url.origin) keepHarmless(headers);
    if (response.status === 303 ? method !== "HEAD" : response.status < 307 && method === "POST") {
      method = "GET";
      body = undefined;
      for (const name of ["content-type", "content-length", "content-encoding"]) headers.delete(name);
    } else if (body?.once) {
      throw new RefusedRedirectError("a redirect asks for the body again, and a stream can only be sent once");
    }
    url = next;
  }
}

/**
 * The whole body.
 * @param {Response} response
 */
async function whole(response) {
  const reader = response.body?.getReader();
  const parts = [];
  let size = 0;
  for (let turn = await reader?.read(); turn && !turn.done; turn = await reader?.read()) {
    parts.push(turn.value);
    size += turn.value.length;
    if (size > LARGEST_BODY) {
      await reader?.cancel();
      throw new DecodeError(`the answer is larger than ${LARGEST_BODY} bytes`, response, "");
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * Takes away what an origin that the caller did not choose must not see.
 * @param {Headers} headers
 */
function keepHarmless(headers) {
  for (const name of [...headers.keys()]) if (!HARMLESS_HEADER.test(name)) headers.delete(name);
}

/**
 * What lies behind fetch's "fetch failed".
 * @param {any} error
 */
function reason(error) {
  const words = error?.cause?.code ?? error?.cause?.message ?? error?.message;
  return words ? ` (${words})` : "";
}
