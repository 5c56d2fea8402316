// Types alone: what is known of the headers of an answer. `tsc -p` of this folder reads it, nothing runs it.

import type { ApiPromise } from "../runtime/promise.js";
import type { StatusError } from "../runtime/errors.js";

declare const call: ApiPromise<{ id: string }, StatusError, { Location: string; "X-Left": `${number}`; "X-Kind": "a" | (string & {}) }>;
declare const plain: ApiPromise<{ id: string }>;

export async function read(): Promise<[string | null, `${number}` | null, string | null, Response]> {
  const { response } = await call.withResponse();
  const result = await call.asResult();
  if (result.ok) result.response.headers.get("Location")?.toUpperCase();
  // @ts-expect-error a header may not have come
  response.headers.get("Location").toUpperCase();
  // @ts-expect-error text is no number
  const left: number = response.headers.get("X-Left");
  const { headers } = await plain.asResponse();
  return [response.headers.get("Location"), response.headers.get("X-Left"), headers.get("anything") ?? `${left}`, response];
}
