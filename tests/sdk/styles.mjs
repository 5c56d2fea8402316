// OpenAPI 3.0.4, 4.8.12.4: the table of styles as a document with one operation for each case, and what must arrive.

const BLUE = "blue";
const LIST = ["blue", "black", "bro wn"];
const OBJECT = { R: 100, G: "2 0", B: 150 };

/** Place, style, explode, value, and what arrives there, byte for byte. */
export const CASES = [
  ["path", "simple", false, BLUE, "/blue"],
  ["path", "simple", false, LIST, "/blue,black,bro%20wn"],
  ["path", "simple", false, OBJECT, "/R,100,G,2%200,B,150"],
  ["path", "simple", true, LIST, "/blue,black,bro%20wn"],
  ["path", "simple", true, OBJECT, "/R=100,G=2%200,B=150"],
  ["path", "label", false, BLUE, "/.blue"],
  ["path", "label", false, LIST, "/.blue,black,bro%20wn"],
  ["path", "label", false, OBJECT, "/.R,100,G,2%200,B,150"],
  ["path", "label", true, LIST, "/.blue.black.bro%20wn"],
  ["path", "label", true, OBJECT, "/.R=100.G=2%200.B=150"],
  ["path", "matrix", false, BLUE, "/;color=blue"],
  ["path", "matrix", false, LIST, "/;color=blue,black,bro%20wn"],
  ["path", "matrix", false, OBJECT, "/;color=R,100,G,2%200,B,150"],
  ["path", "matrix", true, LIST, "/;color=blue;color=black;color=bro%20wn"],
  ["path", "matrix", true, OBJECT, "/;R=100;G=2%200;B=150"],
  ["query", "form", false, BLUE, "?color=blue"],
  ["query", "form", false, LIST, "?color=blue,black,bro%20wn"],
  ["query", "form", false, OBJECT, "?color=R,100,G,2%200,B,150"],
  ["query", "form", true, LIST, "?color=blue&color=black&color=bro%20wn"],
  ["query", "form", true, OBJECT, "?R=100&G=2%200&B=150"],
  ["query", "spaceDelimited", false, LIST, "?color=blue%20black%20bro%20wn"],
  ["query", "spaceDelimited", false, OBJECT, "?color=R%20100%20G%202%200%20B%20150"],
  ["query", "pipeDelimited", false, LIST, "?color=blue%7Cblack%7Cbro%20wn"],
  ["query", "pipeDelimited", false, OBJECT, "?color=R%7C100%7CG%7C2%200%7CB%7C150"],
  ["query", "deepObject", true, OBJECT, "?color%5BR%5D=100&color%5BG%5D=2%200&color%5BB%5D=150"],
  ["header", "simple", false, BLUE, "blue"],
  ["header", "simple", false, LIST, "blue,black,bro wn"],
  ["header", "simple", false, OBJECT, "R,100,G,2 0,B,150"],
  ["header", "simple", true, LIST, "blue,black,bro wn"],
  ["header", "simple", true, OBJECT, "R=100,G=2 0,B=150"],
  ["cookie", "form", false, BLUE, "color=blue"],
  ["cookie", "form", false, LIST, "color=blue,black,bro%20wn"],
  ["cookie", "form", false, OBJECT, "color=R,100,G,2%200,B,150"],
];

/** The name of the method of a case. */
export const method = (index) => `case${String(index).padStart(2, "0")}`;

/** The document: `case00`, `case01` and so on. */
export function document() {
  const paths = {};
  CASES.forEach(([place, style, explode, value], index) => {
    const type = Array.isArray(value) ? "array" : typeof value;
    const items = type === "array" ? { items: { type: "string" } } : {};
    const parameter = { name: "color", in: place, required: true, style, explode, schema: { type, ...items } };
    const path = `/${method(index)}${place === "path" ? "/{color}" : ""}`;
    paths[path] = {
      get: { operationId: method(index), tags: ["cases"], parameters: [parameter], responses: { 204: { description: "Done." } } },
    };
  });
  return { openapi: "3.0.4", info: { title: "Styles", version: "1.0.0" }, servers: [{ url: "https://styles.invalid" }], paths };
}

/** Calls a case of a client. */
export function call(client, index) {
  const [place, , , value] = CASES[index];
  return place === "path" ? client.cases[method(index)](value) : client.cases[method(index)]({ color: value });
}

/** What arrived of a case, as the table writes it. */
export function arrived(index, { url, headers }) {
  const [place] = CASES[index];
  const own = `/${method(index)}`;
  if (place === "header") return headers.color;
  if (place === "cookie") return headers.cookie;
  return url.startsWith(own) ? url.slice(own.length) : url;
}
