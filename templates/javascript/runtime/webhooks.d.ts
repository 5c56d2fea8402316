// SPDX-License-Identifier: 0BSD

import type { ApiError } from "./errors.js";

/** The request does not come from who it says, or not now. */
export declare class WebhookVerificationError extends ApiError {}

/** Verifies a request and gives its event. */
export declare function unwrap<Event = any>(
  body: string | Uint8Array | ArrayBuffer,
  headers: Headers | Record<string, string | string[] | undefined>,
  secret: string | string[],
  options?: { now?: Date },
): Promise<Event>;
