// The table of styles that the SDKs of all languages share, as a document with one operation for each row.

import { readFileSync } from "node:fs";

const { table, beyond } = JSON.parse(readFileSync(new URL("../fixtures/parameter-styles.json", import.meta.url), "utf8"));

/**
 * The rows of the standard's table, then those beyond it that the SDKs agree on. `fetch` cannot send an apostrophe in a
 * query: a URL of the web always has it percent-encoded (URL Standard, 1.3).
 */
export const ROWS = [...table, ...beyond].map((row) => (row.in === "query" ? { ...row, sent: row.sent.replaceAll("'", "%27") } : row));
export const OF_THE_STANDARD = table.length;

const PARAMETER = { header: "X-Color" };

/** The name of the method of a row. */
export const method = (index) => `row${String(index).padStart(2, "0")}`;

/** The document: `row00`, `row01` and so on. */
export function document() {
  const paths = {};
  ROWS.forEach(({ in: place, style, explode, allowReserved, content }, index) => {
    const described = content
      ? { content: { [content]: { schema: {} } } }
      : { style, explode, schema: {}, ...(allowReserved ? { allowReserved } : {}) };
    const parameter = { name: PARAMETER[place] ?? "color", in: place, required: place === "path", ...described };
    const path = `/${method(index)}${place === "path" ? "/{color}" : ""}`;
    paths[path] = {
      get: { operationId: method(index), tags: ["rows"], parameters: [parameter], responses: { 204: { description: "Done." } } },
    };
  });
  return { openapi: "3.2.0", info: { title: "Styles", version: "1.0.0" }, servers: [{ url: "https://styles.invalid" }], paths };
}

/** What a row's method takes, in order. */
export function values(index) {
  const { in: place, value } = ROWS[index];
  return place === "path" ? [value] : [{ [PARAMETER[place] ?? "color"]: value }];
}

/** What arrived of a row, as the table writes it. */
export function arrived(index, { url, headers }) {
  const { in: place } = ROWS[index];
  if (place === "header") return headers["x-color"] ?? null;
  if (place === "cookie") return headers.cookie ?? null;
  return url.slice(`/${method(index)}`.length + 1);
}
