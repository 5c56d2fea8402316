// SPDX-License-Identifier: 0BSD

import { isObject, present } from "./encode.js";
import { form, jsonContent } from "./styles.js";

/**
 * `application/x-www-form-urlencoded`: each member by its own style; unless the document names one, lists repeat the name
 * and objects are JSON (OpenAPI 3.0.4, 4.8.15).
 */
export const formBody = {
  /**
   * @param {Record<string, unknown>} value
   * @param {string} mediaType
   * @param {import("./internal.d.ts").PartEncoding[]} encodings
   */
  encode(value, mediaType, encodings) {
    const how = new Map(encodings);
    const body = Object.entries(value)
      .filter(([, member]) => present(member))
      .flatMap(([name, member]) => {
        const { style = isObject(member) ? jsonContent : form, encode } = how.get(name) ?? {};
        return style(name, member, encode);
      })
      .join("&")
      .replace(/%20/g, "+");
    return { type: mediaType, open: () => body };
  },
};
