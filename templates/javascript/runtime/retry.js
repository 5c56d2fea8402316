// SPDX-License-Identifier: 0BSD
// When to ask again, and how long to wait before it.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;
const LONGEST_RETRY_AFTER = 60_000;

/**
 * Whether the same request may be answered better later.
 * @param {number} status
 */
export function isRetriable(status) {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/**
 * Milliseconds to wait before the attempt after `attempt`, or undefined when the server asks for more than a minute:
 * then waiting is the caller's decision.
 * @param {number} attempt
 * @param {Headers} [headers]
 * @returns {number | undefined}
 */
export function retryDelay(attempt, headers) {
  const asked = headers && retryAfter(headers);
  if (asked !== undefined) return asked <= LONGEST_RETRY_AFTER ? asked : undefined;
  return Math.min(FIRST_DELAY * 2 ** attempt, LONGEST_DELAY) * (1 - Math.random() / 4);
}

/**
 * What the server asks for, in milliseconds: `Retry-After-Ms`, or `Retry-After` in seconds or as a date.
 * @param {Headers} headers
 * @returns {number | undefined}
 */
export function retryAfter(headers) {
  const milliseconds = number(headers.get("retry-after-ms"));
  if (milliseconds !== undefined) return milliseconds;
  const value = headers.get("retry-after");
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1_000;
  const date = Date.parse(value ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** @param {string | null} value */
function number(value) {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}
