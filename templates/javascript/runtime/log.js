// SPDX-License-Identifier: 0BSD
// Lines about requests, without secrets.

/** From the quietest to the loudest. */
export const LEVELS = ["off", "error", "warn", "info", "debug"];
const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret|password|signature/i;
const SECRET_PARAMETER = /key|token|secret|password|signature|^sig$|^code$/i;

/**
 * Writes a line if the client wants such lines.
 * @param {import("./internal.d.ts").State} state
 * @param {"error" | "warn" | "info" | "debug"} level
 * @param {() => string} message
 */
export function log(state, level, message) {
  if (LEVELS.indexOf(level) <= LEVELS.indexOf(state.logLevel)) {
    state.logger[level](`[${state.settings.name}] ${message()}`);
  }
}

/**
 * An address without its secrets.
 * @param {URL} url
 * @param {Set<string>} secrets
 */
export function safeUrl(url, secrets) {
  const query = url.search
    .slice(1)
    .split("&")
    .map((pair) => {
      const [name] = pair.split("=", 1);
      return secrets.has(name.toLowerCase()) || SECRET_PARAMETER.test(name) ? `${name}=[redacted]` : pair;
    })
    .join("&");
  return url.origin + url.pathname + (query && `?${query}`);
}

/**
 * Headers in one line, without their secrets.
 * @param {Headers} headers
 * @param {Set<string>} secrets
 */
export function safeHeaders(headers, secrets) {
  return [...headers]
    .map(([name, value]) => `${name}: ${secrets.has(name) || SECRET_HEADER.test(name) ? "[redacted]" : value}`)
    .join("; ");
}
