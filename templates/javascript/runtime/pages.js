// SPDX-License-Identifier: 0BSD
// Lists that come page by page. How a list finds its next page is a function of its own, so that only that one is
// bundled.

import { DecodeError } from "./errors.js";
import { decode, send } from "./request.js";
import { ApiPromise } from "./promise.js";
import { STATE } from "./state.js";

/** @typedef {import("./internal.d.ts").Operation} Operation */
/** @typedef {import("./internal.d.ts").PageSpec} PageSpec */
/** @typedef {import("./internal.d.ts").Answer} Answer */
/** @typedef {Record<string, unknown>} Params */
/** @typedef {(number: number, params: Params, url?: string) => PagePromise} Turn */

/**
 * Calls an operation that lists.
 * @param {import("./request.js").Client} client
 * @param {Operation & { page: PageSpec }} operation
 * @param {unknown[]} [path]
 * @param {Params} [params]
 * @param {import("./types.d.ts").RequestOptions} [options]
 * @returns {PagePromise}
 */
export function paginate(client, operation, path = [], params = {}, options = {}) {
  /** @type {Map<unknown, number>} */
  const seen = new Map();
  /** @type {Turn} */
  const page = (number, turn, url) =>
    new PagePromise(
      (raw) => send(client[STATE], operation, path, turn, options, { raw, ...(url === undefined ? {} : { url }) }),
      async (answer) => new Page(await decode(answer), answer.response, operation.page, number, turn, page, seen),
    );
  return page(1, params);
}

/**
 * A page on its way. Awaiting it gives the page; iterating over it gives all items of all pages.
 * @extends {ApiPromise<Page>}
 */
export class PagePromise extends ApiPromise {
  async *[Symbol.asyncIterator]() {
    yield* await this;
  }

  /** All pages, one after the other. */
  async *pages() {
    yield* (await this).pages();
  }

  /**
   * At most so many items; fetches no page more than that takes.
   * @param {number} count
   */
  async take(count) {
    return (await this).take(count);
  }
}

/** One page of a list. */
export class Page {
  /** @type {(() => PagePromise) | undefined} */
  #next;

  /**
   * @param {any} body
   * @param {Response} response
   * @param {PageSpec} spec
   * @param {number} number
   * @param {Params} params
   * @param {Turn} turn
   * @param {Map<unknown, number>} seen what led on, and from which page
   */
  constructor(body, response, spec, number, params, turn, seen) {
    /** The body as it came. */
    this.body = body;
    this.response = response;
    const items = at(body, spec.items);
    /** @type {any[]} */
    this.items = Array.isArray(items) ? items : [];
    const next = spec.next({ spec, body, items: this.items, params, response });
    if (next === undefined) return;
    const lead = "url" in next ? next.url : next.params[spec.parameter ?? ""];
    // What led on from an earlier page would lead round in circles.
    if ((seen.get(lead) ?? number) !== number) return;
    seen.set(lead, number);
    this.#next = () => ("url" in next ? turn(number + 1, params, next.url) : turn(number + 1, next.params));
  }

  hasNextPage() {
    return this.#next !== undefined;
  }

  /** The next page; undefined after the last. */
  async nextPage() {
    return this.#next?.();
  }

  /** This page and all after it. */
  async *pages() {
    for (let page = /** @type {Page | undefined} */ (this); page; page = await page.nextPage()) yield page;
  }

  /**
   * At most so many items of this page and of all after it; fetches no page more than that takes.
   * @param {number} count
   */
  async take(count) {
    const taken = [];
    for (let page = /** @type {Page | undefined} */ (this); page; page = taken.length < count ? await page.nextPage() : undefined) {
      taken.push(...page.items.slice(0, Math.max(count - taken.length, 0)));
    }
    return taken;
  }

  /** The items of this page and of all after it. */
  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) yield* page.items;
  }
}

/** The answer holds the next cursor. @type {PageSpec["next"]} */
export function cursor({ spec, body, params }) {
  const next = at(body, spec.from);
  const { parameter = "" } = spec;
  if (!hasMore(spec, body) || next === undefined || next === null || next === "" || next === params[parameter]) {
    return undefined;
  }
  return turnTo(params, parameter, next);
}

/** The cursor is a member of the last item. @type {PageSpec["next"]} */
export function lastItem({ spec, body, items, params }) {
  const next = at(items.at(-1), spec.from);
  const { parameter = "" } = spec;
  if (!hasMore(spec, body) || next === undefined || next === null || next === params[parameter]) return undefined;
  return turnTo(params, parameter, next);
}

/** Items are counted. @type {PageSpec["next"]} */
export function offset({ spec, body, items, params }) {
  const { parameter = "", size = "" } = spec;
  const next = Number(params[parameter] ?? 0) + items.length;
  const total = at(body, spec.total);
  if (items.length === 0 || (total !== undefined && total !== null && next >= Number(total))) return undefined;
  if ((total === undefined || total === null) && items.length < Number(params[size] ?? 1)) return undefined;
  return turnTo(params, parameter, next);
}

/** Pages are counted. @type {PageSpec["next"]} */
export function pageNumber({ spec, body, items, params }) {
  const { parameter = "", size = "", first = 1 } = spec;
  const current = Number(params[parameter] ?? first);
  const total = at(body, spec.total);
  const counted = total !== undefined && total !== null;
  if (items.length === 0 || (counted && current - first + 1 >= Number(total))) return undefined;
  if (!counted && items.length < Number(params[size] ?? 1)) return undefined;
  return turnTo(params, parameter, current + 1);
}

/** The answer holds the address of the next page. @type {PageSpec["next"]} */
export function nextUrl({ spec, body, response }) {
  const next = at(body, spec.from);
  return typeof next === "string" && next ? turnToUrl(next, response) : undefined;
}

/** The `Link` header holds the address of the next page (RFC 8288). @type {PageSpec["next"]} */
export function linkHeader({ response }) {
  for (const [, target, parameters] of (response.headers.get("link") ?? "").matchAll(/<([^<>]*)>([^<]*)/g)) {
    for (const [, quoted, plain] of parameters.matchAll(/;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/gi)) {
      if ((quoted ?? plain).toLowerCase().split(/\s+/).includes("next")) return turnToUrl(target, response);
    }
  }
  return undefined;
}

/**
 * @param {PageSpec} spec
 * @param {unknown} body
 */
function hasMore(spec, body) {
  return spec.more === undefined || at(body, spec.more) !== false;
}

/**
 * @param {string} target
 * @param {Response} response
 */
function turnToUrl(target, response) {
  const base = response.url || undefined;
  const url = URL.canParse(target, base) ? new URL(target, base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new DecodeError("the link to the next page is no URL", response, target);
  }
  return url.href === base ? undefined : { url: url.href };
}

/**
 * @param {Params} params
 * @param {string} parameter
 * @param {unknown} value
 */
function turnTo(params, parameter, value) {
  return { params: { ...params, [parameter]: value } };
}

/**
 * The value that member names lead to.
 * @param {any} value
 * @param {string[] | undefined} path
 * @returns {any}
 */
function at(value, path) {
  if (path === undefined) return undefined;
  return path.reduce(
    (/** @type {any} */ inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name) ? inner[name] : undefined,
    value,
  );
}
