// SPDX-License-Identifier: 0BSD

/** The root of all errors that this package makes. */
export declare class ApiError extends Error {}

/** A value that cannot be sent: an empty path parameter, a line break in a header. Nothing was sent. */
export declare class ArgumentError extends ApiError {}

/** No credentials for the operation. Nothing was sent. */
export declare class MissingCredentialsError extends ApiError {}

/** No complete answer came: the connection could not be made, or broke. */
export declare class ConnectionError extends ApiError {}

/** No complete answer came in time. */
export declare class TimeoutError extends ConnectionError {}

/** An answer came that is not what its content type says, or not what the operation promises. */
export declare class DecodeError extends ApiError {
  constructor(message: string, response: Response, text: string, cause?: unknown);
  /** The answer; its body is `text`. */
  readonly response: Response;
  readonly text: string;
}

/** The server refused, or failed: a status outside 2xx. */
export declare class StatusError<Data = any, Status extends number = number> extends ApiError {
  constructor(operation: string, response: Response, data: unknown);
  /** The id of the operation that was called. */
  readonly operation: string;
  readonly status: Status;
  readonly headers: Headers;
  /** What the server calls the request, for its support. */
  readonly requestId: string | null;
  /** The body: parsed when it is JSON, else text; undefined when there was none. */
  readonly data: Data;
}

/** 400 */
export declare class BadRequestError<Data = any> extends StatusError<Data, 400> {}

/** 401 */
export declare class AuthenticationError<Data = any> extends StatusError<Data, 401> {}

/** 403 */
export declare class PermissionDeniedError<Data = any> extends StatusError<Data, 403> {}

/** 404 */
export declare class NotFoundError<Data = any> extends StatusError<Data, 404> {}

/** 409 */
export declare class ConflictError<Data = any> extends StatusError<Data, 409> {}

/** 422 */
export declare class UnprocessableEntityError<Data = any> extends StatusError<Data, 422> {}

/** 429 */
export declare class RateLimitError<Data = any> extends StatusError<Data, 429> {}

/** 5xx */
export declare class ServerError<Data = any> extends StatusError<Data> {}

/** The error for an answer. */
export declare function statusError(operation: string, response: Response, data: unknown): StatusError;
