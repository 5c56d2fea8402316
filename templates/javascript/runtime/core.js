// SPDX-License-Identifier: 0BSD

import { ArgumentError } from "./errors.js";
import { LEVELS } from "./log.js";
import { environmentVariable, isBrowser } from "./platform.js";
import { STATE } from "./state.js";

/** @typedef {import("./internal.d.ts").Settings} Settings */
/** @typedef {import("./internal.d.ts").State} State */

/** A client without resources: what the functions of the operations take. */
export class Core {
  /** @type {State} */
  [STATE];

  /**
   * @param {Settings} settings
   * @param {import("./types.d.ts").ClientOptions & Record<string, any>} [options]
   */
  constructor(settings, options = {}) {
    this[STATE] = stateOf(settings, options);
    // Who prints a client does not print its credentials.
    Object.defineProperty(this, STATE, { enumerable: false });
  }

  /**
   * A copy with other options; those that are not given stay, and headers and query parameters are added.
   * @param {Record<string, any>} options
   * @returns {any}
   */
  withOptions(options) {
    const Client = /** @type {any} */ (this.constructor);
    const { options: known, schemes, tokens } = this[STATE];
    const headers = { ...known.headers, ...options.headers };
    const copy = new Client({ ...known, ...options, headers, query: { ...known.query, ...options.query } });
    // Tokens are those of the credentials that they were fetched with.
    const sources = ["tokenUrl", "baseUrl", ...credentialOptions(schemes)];
    if (!sources.some((source) => Object.hasOwn(options, source))) copy[STATE].tokens = tokens;
    return copy;
  }
}

/**
 * @param {Settings} settings
 * @param {import("./types.d.ts").ClientOptions & Record<string, any>} options
 * @returns {State}
 */
function stateOf(settings, options) {
  const schemes = new Map(settings.schemes);
  if (isBrowser() && !options.dangerouslyAllowBrowser) refuseSecrets(schemes, options);
  const logLevel = options.logLevel ?? environmentVariable(`${settings.prefix}_LOG`)?.toLowerCase() ?? "off";
  const given = options.baseUrl ?? environmentVariable(`${settings.prefix}_BASE_URL`);
  return {
    settings,
    options,
    baseUrl: given ?? fill(settings, options.serverVariables),
    baseUrlGiven: given !== undefined,
    timeout: options.timeout ?? 60_000,
    maxRetries: options.maxRetries ?? 2,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    logger: options.logger ?? console,
    logLevel: /** @type {State["logLevel"]} */ (LEVELS.includes(logLevel) ? logLevel : "off"),
    schemes,
    tokens: new Map(),
  };
}

/**
 * @param {Map<string, import("./internal.d.ts").Scheme>} schemes
 * @param {Record<string, any>} options
 */
function refuseSecrets(schemes, options) {
  for (const option of credentialOptions(schemes)) {
    if (Object.hasOwn(options, option) && options[option] !== undefined) {
      throw new ArgumentError(
        `\`${option}\` would be readable by everybody who opens this page; call from a server, or say \`dangerouslyAllowBrowser: true\``,
      );
    }
  }
}

/**
 * The names of the options that hold credentials.
 * @param {Map<string, import("./internal.d.ts").Scheme>} schemes
 */
function credentialOptions(schemes) {
  return [...schemes.values()].flatMap(({ options, token }) => [...options, ...(token ? [token] : [])].map(([option]) => option));
}

/**
 * The base URL with its variables filled in.
 * @param {Settings} settings
 * @param {Record<string, string>} [chosen]
 */
function fill({ baseUrl, serverVariables = [] }, chosen = {}) {
  return serverVariables.reduce(
    (url, [name, value]) => url.replaceAll(`{${name}}`, () => (Object.hasOwn(chosen, name) ? chosen[name] : value)),
    baseUrl,
  );
}
