// SPDX-License-Identifier: 0BSD

/** What servers call the header that names a request. */
const REQUEST_IDS = ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"];

/** The root of all errors that this package makes. */
export class ApiError extends Error {
  get name() {
    return "ApiError";
  }
}

/** A value that cannot be sent: an empty path parameter, a line break in a header. Nothing was sent. */
export class ArgumentError extends ApiError {
  get name() {
    return "ArgumentError";
  }
}

/** No credentials for the operation. Nothing was sent. */
export class MissingCredentialsError extends ApiError {
  get name() {
    return "MissingCredentialsError";
  }
}

/** No complete answer came: the connection could not be made, or broke. */
export class ConnectionError extends ApiError {
  get name() {
    return "ConnectionError";
  }
}

/** No complete answer came in time. */
export class TimeoutError extends ConnectionError {
  get name() {
    return "TimeoutError";
  }
}

/** An answer came that is not what its content type says, or not what the operation promises. */
export class DecodeError extends ApiError {
  get name() {
    return "DecodeError";
  }

  /**
   * @param {string} message
   * @param {Response} response
   * @param {string} text
   * @param {unknown} [cause]
   */
  constructor(message, response, text, cause) {
    super(message, { cause });
    this.response = response;
    // Who prints the error does not print the address, which may hold a key.
    Object.defineProperty(this, "response", { enumerable: false });
    this.text = text;
  }
}

/** The server refused, or failed: a status outside 2xx. */
export class StatusError extends ApiError {
  get name() {
    return "StatusError";
  }

  /**
   * @param {string} operation
   * @param {Response} response
   * @param {unknown} data
   */
  constructor(operation, response, data) {
    const words = explain(data);
    super(`${response.status}${response.statusText ? ` ${response.statusText}` : ""}${words ? `: ${words}` : ""}`);
    /** The id of the operation that was called. */
    this.operation = operation;
    this.status = response.status;
    this.headers = response.headers;
    /** What the server calls the request, for its support. */
    this.requestId = REQUEST_IDS.map((name) => response.headers.get(name)).find((id) => id !== null) ?? null;
    /** The body: parsed when it is JSON, else text; undefined when there was none. */
    this.data = /** @type {any} */ (data);
  }
}

/** 400 */
export class BadRequestError extends StatusError {
  get name() {
    return "BadRequestError";
  }
}

/** 401 */
export class AuthenticationError extends StatusError {
  get name() {
    return "AuthenticationError";
  }
}

/** 403 */
export class PermissionDeniedError extends StatusError {
  get name() {
    return "PermissionDeniedError";
  }
}

/** 404 */
export class NotFoundError extends StatusError {
  get name() {
    return "NotFoundError";
  }
}

/** 409 */
export class ConflictError extends StatusError {
  get name() {
    return "ConflictError";
  }
}

/** 422 */
export class UnprocessableEntityError extends StatusError {
  get name() {
    return "UnprocessableEntityError";
  }
}

/** 429 */
export class RateLimitError extends StatusError {
  get name() {
    return "RateLimitError";
  }
}

/** 5xx */
export class ServerError extends StatusError {
  get name() {
    return "ServerError";
  }
}

/**
 * The error for an answer.
 * @param {string} operation
 * @param {Response} response
 * @param {unknown} data
 * @returns {StatusError}
 */
export function statusError(operation, response, data) {
  /** @type {Record<number, typeof StatusError>} */
  const classes = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
  };
  const Class = classes[response.status] ?? (response.status >= 500 ? ServerError : StatusError);
  return new Class(operation, response, data);
}

/**
 * What an error body says in words: RFC 9457's members, and the forms that are common beside it.
 * @param {any} data
 * @returns {string}
 */
function explain(data) {
  if (typeof data === "string") return data.length <= 200 ? data.trim() : "";
  if (typeof data !== "object" || data === null) return "";
  for (const key of ["detail", "message", "title", "error_description", "error"]) {
    const value = Object.hasOwn(data, key) ? data[key] : undefined;
    if (typeof value === "string" && value) return value;
    if (typeof value === "object" && value !== null && typeof value.message === "string") return value.message;
  }
  return "";
}
