// SPDX-License-Identifier: 0BSD

import { encode, formMembers, isObject } from "./encode.js";
import { form, jsonContent } from "./styles.js";

/**
 * `application/x-www-form-urlencoded`: each member by its own style; unless the document names one, lists repeat the name
 * and objects are JSON (OpenAPI 3.0.4, 4.8.15). Null is an empty text: so a form can empty what it does not leave alone.
 */
export const formBody = {
  /**
   * @param {Record<string, unknown>} value
   * @param {string} mediaType
   * @param {import("./internal.d.ts").PartEncoding[]} encodings
   */
  encode(value, mediaType, encodings) {
    const how = new Map(encodings);
    const body = formMembers(value)
      .flatMap(([name, member]) => {
        if (member === null) return `${encode(name)}=`;
        const { style = isObject(member) ? jsonContent : form, encode: encoded } = how.get(name) ?? {};
        return style(name, member, encoded);
      })
      .join("&")
      .replace(/%20/g, "+");
    return { type: mediaType, open: () => body };
  },
};
