// SPDX-License-Identifier: 0BSD

import type { Settings, State } from "./internal.js";
import type { STATE } from "./state.js";
import type { ClientOptions } from "./types.js";

/** A client without resources: what the functions of the operations take. */
export declare class Core<Options extends ClientOptions = ClientOptions> {
  constructor(settings: Settings, options?: Options);
  /** @internal */
  [STATE]: State;
  /** A copy with other options; those that are not given stay, and headers and query parameters are added. */
  withOptions(options: Partial<Options>): this;
}
