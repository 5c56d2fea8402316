// SPDX-License-Identifier: 0BSD

import { present } from "./encode.js";
import { form as formStyle } from "./styles.js";

/** `application/x-www-form-urlencoded`: each member by its own style, `form` unless the document says otherwise. */
export const form = {
  /**
   * @param {Record<string, unknown>} value
   * @param {string} mediaType
   * @param {import("./internal.d.ts").PartEncoding[]} encodings
   */
  encode(value, mediaType, encodings) {
    const how = new Map(encodings);
    const body = Object.entries(value)
      .filter(([, member]) => present(member))
      .flatMap(([name, member]) => (how.get(name)?.style ?? formStyle)(name, member, how.get(name)?.encode))
      .join("&")
      .replace(/%20/g, "+");
    return { type: mediaType, open: () => body };
  },
};
