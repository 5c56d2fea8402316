// The table of styles (OpenAPI 3.0.4, 4.8.12.3), as it arrives at a server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeReserved } from "../runtime/encode.js";
import { request } from "../runtime/request.js";
import * as styles from "../runtime/styles.js";
import { answerJson, clientOf, serve } from "./harness.mjs";
import { addCookies } from "../runtime/cookies.js";

const EMPTY = "";
const STRING = "blue";
const ARRAY = ["blue", "black", "brown"];
const OBJECT = { R: 100, G: 200, B: 150 };

const PATHS = [
  [styles.matrix, STRING, ";color=blue"],
  [styles.matrix, ARRAY, ";color=blue,black,brown"],
  [styles.matrix, OBJECT, ";color=R,100,G,200,B,150"],
  [styles.matrixExploded, STRING, ";color=blue"],
  [styles.matrixExploded, ARRAY, ";color=blue;color=black;color=brown"],
  [styles.matrixExploded, OBJECT, ";R=100;G=200;B=150"],
  [styles.label, STRING, ".blue"],
  [styles.label, ARRAY, ".blue,black,brown"],
  [styles.label, OBJECT, ".R,100,G,200,B,150"],
  [styles.labelExploded, ARRAY, ".blue.black.brown"],
  [styles.labelExploded, OBJECT, ".R=100.G=200.B=150"],
  [styles.simple, STRING, "blue"],
  [styles.simple, ARRAY, "blue,black,brown"],
  [styles.simple, OBJECT, "R,100,G,200,B,150"],
  [styles.simpleExploded, ARRAY, "blue,black,brown"],
  [styles.simpleExploded, OBJECT, "R=100,G=200,B=150"],
];

const QUERIES = [
  [styles.form, EMPTY, "color="],
  [styles.form, STRING, "color=blue"],
  [styles.form, ARRAY, "color=blue&color=black&color=brown"],
  [styles.form, OBJECT, "R=100&G=200&B=150"],
  [styles.formJoined, EMPTY, "color="],
  [styles.formJoined, ARRAY, "color=blue,black,brown"],
  [styles.formJoined, OBJECT, "color=R,100,G,200,B,150"],
  [styles.spaceDelimited, ARRAY, "color=blue%20black%20brown"],
  [styles.spaceDelimited, OBJECT, "color=R%20100%20G%20200%20B%20150"],
  [styles.pipeDelimited, ARRAY, "color=blue%7Cblack%7Cbrown"],
  [styles.pipeDelimited, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"],
  [styles.deepObject, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
  [styles.deepObject, { a: { b: [1, 2] } }, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"],
  [styles.deepObject, { a: [{ b: 1 }] }, "color%5Ba%5D%5B0%5D%5Bb%5D=1"],
  [styles.jsonContent, OBJECT, "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"],
  [styles.form, "a&b=c d/é%", "color=a%26b%3Dc%20d%2F%C3%A9%25"],
  [styles.form, [], ""],
  [styles.form, null, ""],
  [styles.formJoined, [], ""],
];

test("every style of the path arrives as the table says", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url);
  for (const [style, value, expected] of PATHS) {
    await request(client, { id: "x", method: "GET", path: ["/a/", ["color", style], "/b"] }, [value]);
    assert.equal(requests.at(-1).url, `/a/${expected}/b`);
  }
});

test("every style of the query arrives as the table says", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url);
  for (const [style, value, expected] of QUERIES) {
    await request(client, { id: "x", method: "GET", path: ["/a"], query: [["color", style]] }, [], { color: value });
    assert.equal(requests.at(-1).url, expected ? `/a?${expected}` : "/a");
  }
});

test("allowReserved leaves reserved characters and triples, and ends no query", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = { id: "x", method: "GET", path: ["/a"], query: [["q", styles.form, encodeReserved]] };
  await request(clientOf(url), operation, [], { q: "a/b?c[d]:e%20f%g#h i&j+k=l" });
  assert.equal(requests[0].url, "/a?q=a/b?c%5Bd%5D:e%20f%25g%23h%20i%26j%2Bk=l");
});

test("headers are not percent-encoded, cookies are", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = {
    id: "x",
    method: "GET",
    path: ["/a"],
    headers: [["X-Flat"], ["X-Deep", styles.simpleExploded], ["X-Date"]],
    cookies: { add: addCookies, parameters: [["session"], ["ids", styles.formJoined], ["raw", styles.form, String]] },
  };
  const date = new Date("2026-01-02T03:04:05Z");
  const params = { "X-Flat": ["a b", "c/d"], "X-Deep": OBJECT, "X-Date": date, session: "a;b", ids: [1, 2], raw: "a/b" };
  await request(clientOf(url), operation, [], params);
  const { headers } = requests[0];
  assert.deepEqual(
    [headers["x-flat"], headers["x-deep"], headers["x-date"], headers.cookie],
    ["a b,c/d", "R=100,G=200,B=150", "2026-01-02T03:04:05.000Z", "session=a%3Bb; ids=1,2; raw=a/b"],
  );
});

test("one name in the query and in a header is two parameters", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = { id: "x", method: "GET", path: ["/a"], query: [["id"]], headers: [["id", undefined, undefined, "idHeader"]] };
  await request(clientOf(url), operation, [], { id: "1", idHeader: "2" });
  assert.deepEqual([requests[0].url, requests[0].headers.id], ["/a?id=1", "2"]);
});

test("a path value is never empty, never a dot segment, and never leaves its segment", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url);
  const operation = { id: "getThing", method: "GET", path: ["/a/", ["id"], "/b"] };
  for (const value of ["", ".", "..", undefined, null, []]) {
    await assert.rejects(request(client, operation, [value]), { name: "ArgumentError" }, String(value));
  }
  const split = { id: "x", method: "GET", path: ["/a/", ["one"], ["two"]] };
  await assert.rejects(request(client, split, [".", "."]), { name: "ArgumentError" });
  await request(client, operation, ["../x?y#z\\"]);
  assert.deepEqual(requests.map((arrived) => arrived.url), ["/a/..%2Fx%3Fy%23z%5C/b"]);
});

test("a line break in a header is refused before anything is sent", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const operation = { id: "x", method: "GET", path: ["/a"], headers: [["X-A"]] };
  for (const value of ["a\r\nX-B: c", "a\nb", "a\rb", "a\0b", "a\x7fb"]) {
    await assert.rejects(request(clientOf(url), operation, [], { "X-A": value }), { name: "ArgumentError" });
    await assert.rejects(request(clientOf(url), operation, [], {}, { headers: { "X-A": value } }), { name: "ArgumentError" });
  }
  await assert.rejects(request(clientOf(url), operation, [], {}, { headers: { "X A": "b" } }), { name: "ArgumentError" });
  assert.equal(requests.length, 0);
});

test("text of a header that is not ASCII travels as UTF-8, once", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const cookies = { add: addCookies, parameters: [["c", undefined, String]] };
  const operation = { id: "x", method: "GET", path: ["/a"], headers: [["X-A"]], cookies };
  await request(clientOf(url), operation, [], { "X-A": "书 é €", c: "ü" }, { headers: { cookie: "a=ö" } });
  const bytes = ["x-a", "cookie"].map((name) => Buffer.from(requests[0].headers[name], "latin1").toString());
  assert.deepEqual(bytes, ["书 é €", "a=ö; c=ü"]);
});
