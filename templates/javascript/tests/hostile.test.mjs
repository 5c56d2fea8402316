// What a server that means harm can do to a caller: nothing but an error of ours, a bounded wait, bounded memory. And
// values of a caller that try to be more than values.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { lines } from "../runtime/chunks.js";
import { download, text } from "../runtime/download.js";
import { encodeReserved } from "../runtime/encode.js";
import { ApiError, ArgumentError, ConnectionError, DecodeError, StatusError } from "../runtime/errors.js";
import { formBody } from "../runtime/form.js";
import { cursor, linkHeader, nextUrl, paginate } from "../runtime/pages.js";
import { json, request } from "../runtime/request.js";
import { events, jsonLines, readEvents } from "../runtime/stream.js";
import { simple } from "../runtime/styles.js";
import { unwrap } from "../runtime/webhooks.js";
import { answerJson, clientOf, serve } from "./harness.mjs";
import { addCookies } from "../runtime/cookies.js";
import { requestUndescribed } from "../runtime/undescribed.js";

const GET = { id: "getThing", method: "GET", path: ["/thing"] };
const answerAs = (type, body, headers = {}, status = 200) => (response) => {
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(body);
};
const reject = (promise) => promise.then(assert.fail, (error) => error);

const POISON =
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"big":12345678901234567890,"a":{"__proto__":{"polluted":2},"x":98765432109876543210}}';

function assertClean() {
  assert.equal({}.polluted, undefined);
  assert.equal([].polluted, undefined);
  assert.deepEqual(Object.keys(Object.prototype), []);
}

/** The members are the server's, as plain data, and the prototype is everybody's. */
function assertPlain(value) {
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.ok(Object.hasOwn(value, "__proto__") && Object.hasOwn(value, "constructor"));
  assert.equal(value.polluted, undefined);
  assert.equal(value.big, 12345678901234567890n);
  assert.equal(Object.getPrototypeOf(value.a), Object.prototype);
  assertClean();
}

test("no answer reaches a prototype, whichever way it is read", async (t) => {
  const { url } = await serve(t, answerJson(POISON));
  assertPlain(await request(clientOf(url), GET));

  const failing = await serve(t, answerJson(POISON, { status: 422 }));
  const error = await reject(request(clientOf(failing.url), GET));
  assert.ok(error instanceof StatusError);
  assertPlain(error.data);

  const streaming = await serve(t, answerAs("text/event-stream", `id: 1\ndata: ${POISON}\n\n`));
  for await (const item of await request(clientOf(streaming.url), { ...GET, responses: [["text/event-stream", events]] })) assertPlain(item);

  const byLine = await serve(t, answerAs("application/x-ndjson", `${POISON}\n${POISON}\n`));
  for await (const item of await request(clientOf(byLine.url), { ...GET, responses: [["application/x-ndjson", jsonLines]] })) assertPlain(item);

  const secret = "c2VjcmV0";
  const stamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", Buffer.from(secret, "base64")).update(`m.${stamp}.${POISON}`).digest("base64");
  const headers = { "webhook-id": "m", "webhook-timestamp": stamp, "webhook-signature": `v1,${signature}` };
  assertPlain(await unwrap(POISON, headers, secret));
});

test("no cursor and no member of a page reaches a prototype", async (t) => {
  const { url, requests } = await serve(
    t,
    answerJson('{"items":[1],"__proto__":{"next":"evil"},"next":"2"}'),
    answerJson('{"items":[2],"__proto__":{"next":"evil"}}'),
  );
  const page = { items: ["items"], from: ["next"], parameter: "__proto__", next: cursor };
  const operation = { ...GET, query: [["__proto__"]], page };
  const found = [];
  for await (const item of paginate(clientOf(url), operation)) found.push(item);
  assert.deepEqual(found, [1, 2]);
  assert.deepEqual(requests.map(({ url }) => url), ["/thing", "/thing?__proto__=2"]);
  assertClean();
});

test("what a caller hands on from strangers reaches no prototype", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const POST = { id: "add", method: "POST", path: ["/things"] };
  const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":"c","a":1}');
  await request(clientOf(url), { ...POST, body: { forms: [["application/json", json]], flat: true } }, [], hostile, { extraBody: hostile });
  assert.equal(requests[0].body.toString(), '{"__proto__":{"polluted":1},"constructor":"c","a":1}');
  await request(clientOf(url), { ...POST, body: { forms: [["application/x-www-form-urlencoded", formBody]], flat: true } }, [], hostile);
  assert.equal(requests[1].body.toString(), "__proto__=%7B%22polluted%22%3A1%7D&constructor=c&a=1");
  await request(clientOf(url, { headers: JSON.parse('{"__proto__":"x"}'), query: hostile }), GET, [], {}, { query: hostile });
  assertClean();
});

test("JSON of any depth is a value or an error of ours", async (t) => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  for (const body of [deep, `${deep.slice(0, 200_000)}12345678901234567890${deep.slice(200_000)}`, '{"a":'.repeat(100_000), "9".repeat(100_000)]) {
    for (const status of [200, 404]) {
      const { url } = await serve(t, answerJson(body, { status }));
      await request(clientOf(url), GET).then(
        () => assert.equal(status, 200),
        (error) => assert.ok(error instanceof (status === 200 ? DecodeError : StatusError), String(error)),
      );
    }
  }
});

test("a bomb is not held in memory", async (t) => {
  const bomb = gzipSync(Buffer.alloc(257 * 1024 * 1024, " "));
  const { url, requests } = await serve(t, answerAs("application/json", bomb, { "content-encoding": "gzip" }));
  const error = await reject(request(clientOf(url), GET));
  assert.ok(error instanceof DecodeError);
  assert.equal(error.message, "the answer is larger than 268435456 bytes");
  assert.equal(requests.length, 1);
});

/** So many chunks, all alike. */
async function* chunksOf(text, count) {
  const chunk = new TextEncoder().encode(text);
  for (let index = 0; index < count; index += 1) yield chunk;
}
const consume = async (items) => {
  for await (const _ of items) void _;
};

test("a line or an event that never ends is not held in memory", async () => {
  const line = await reject(consume(lines(chunksOf("x".repeat(1 << 20), 80))));
  assert.ok(line instanceof ApiError);
  assert.equal(line.message, "a line is longer than 67108864 characters");
  const event = await reject(consume(readEvents(lines(chunksOf(`data: ${"x".repeat(1 << 20)}\n`, 80)))));
  assert.equal(event.message, "an event is longer than 67108864 characters");
});

test("a long line costs no more than many", async () => {
  const begun = Date.now();
  await consume(lines(chunksOf("x".repeat(1000), 20_000)));
  assert.ok(Date.now() - begun < 3_000);
});

test("lines end by each kind of break, wherever chunks end", async () => {
  const bytes = new TextEncoder().encode("\ufeffa\r\nb\rc\n\nd\r\r\né");
  for (let size = 1; size <= bytes.length; size += 1) {
    const source = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    })();
    const found = [];
    for await (const line of lines(source)) found.push(line);
    assert.deepEqual(found, ["a", "b", "c", "", "d", "", "é"], `chunks of ${size}`);
  }
});

test("a redirect to what is no page is refused", async (t) => {
  for (const location of ["file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "ftp://x.example/", "http://[::1", "http://x.example:99999999/"]) {
    const { url } = await serve(t, (response) => response.writeHead(302, { location }).end());
    const error = await reject(request(clientOf(url, { maxRetries: 0 }), GET));
    assert.ok(error instanceof ConnectionError, location);
    assert.match(error.message, /^a redirect to .* is not followed$/);
  }
});

test("a link that leads nowhere is an error of ours", async (t) => {
  for (const next of ["http://[::1", "http://x:99999999/", "data:application/json,{}", "file:///etc/passwd", "javascript:x"]) {
    const { url, requests } = await serve(t, answerJson({ items: [], next }, { headers: { link: `<${next}>; rel=next` } }));
    for (const rule of [nextUrl, linkHeader]) {
      const error = await reject(consume(paginate(clientOf(url), { ...GET, page: { items: ["items"], from: ["next"], next: rule } })));
      assert.ok(error instanceof DecodeError, `${next}: ${error}`);
    }
    assert.equal(requests.length, 2);
  }
});

test("a link header of any size is read at once", () => {
  const begun = Date.now();
  const response = (link) => ({ url: "http://a/", headers: new Headers({ link }) });
  for (const link of ["<".repeat(60_000), `<a>${';rel="'.repeat(10_000)}`, `<a>${";rel= next next".repeat(4_000)}x`, `<a>;rel=${" ".repeat(50_000)}x`]) {
    linkHeader({ response: response(link) });
  }
  assert.deepEqual(linkHeader({ response: response('</1>; rel="prev", </2>; title="a>b"; rel="last NEXT"') }), { url: "http://a/2" });
  assert.equal(linkHeader({ response: response("</1>; rel=nextish") }), undefined);
  assert.ok(Date.now() - begun < 2_000);
});

test("a proposed name is a name on every system", () => {
  const nameOf = (disposition) => download.decode({ response: new Response("", { headers: { "content-disposition": disposition } }) }).fileName;
  for (const [disposition, name] of [
    ['attachment; filename="../../etc/passwd"', "passwd"],
    ['attachment; filename="C:\\\\Windows\\\\evil.exe"', "evil.exe"],
    ["attachment; filename*=UTF-8''..%2F..%2F.bashrc", ".bashrc"],
    ['attachment; filename=".."', undefined],
    ['attachment; filename="a/.."', undefined],
    ["attachment; filename*=UTF-8''a%00b%0Ac", "a_b_c"],
    ["attachment; filename*=UTF-8''invoice%E2%80%AEfdp.exe", "invoice_fdp.exe"],
    ['attachment; filename="a:b"', "a_b"],
    ['attachment; filename="NUL.txt"', "_NUL.txt"],
    ['attachment; filename="report. . "', "report"],
    ["attachment; filename*=UTF-8''%ff%fe", undefined],
    [`attachment; filename*=UTF-8''${"%C3%A9".repeat(500)}.pdf`, `${"é".repeat(98)}.pdf`],
    [";".repeat(10_000), undefined],
  ]) {
    assert.equal(nameOf(disposition), name, disposition.slice(0, 80));
  }
});

test("text of any charset is text, and a length that is none is unknown", async () => {
  for (const charset of ["idna", "punycode", "hex", "x".repeat(5_000), "utf-7", ""]) {
    const response = new Response("", { headers: { "content-type": `text/plain; charset=${charset}` } });
    assert.equal(typeof text.decode({ bytes: new Uint8Array([255, 97]), response }), "string");
  }
  for (const length of ["-1", "1e9", "9".repeat(400), "x"]) {
    assert.equal(download.decode({ response: new Response("", { headers: { "content-length": length } }) }).size, undefined);
  }
});

test("a method or a path that would be another is refused", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  for (const [method, path] of [["GET\r\nX: y", "/"], ["GET /x", "/"], ["", "/"], ["GÉT", "/"], ["GET", "/a/../b"], ["GET", "/."], ["GET", "/%2e%2E/b"], ["GET", "/a\\..\\b"]]) {
    assert.ok((await reject((async () => requestUndescribed(clientOf(url), method, path))())) instanceof ArgumentError, `${method} ${path}`);
  }
  assert.equal(requests.length, 0);
});

test("a path never leads to another host", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  for (const path of ["@other.example/", ".other.example/", "//other.example/", ":1/x", "\\\\other.example\\"]) await requestUndescribed(clientOf(url), "GET", path);
  assert.equal(requests.length, 5);
});

test("hostile arguments stay where they were put", async (t) => {
  const { url, requests } = await serve(t, answerJson({}));
  const client = clientOf(url);
  const evil = "a\r\nX-Evil: 1; admin=1&b=2#c?d/../e\0\u2028\ud800";
  await request(client, { ...GET, path: ["/", ["id"]], query: [["q"]], cookies: { add: addCookies, parameters: [["c"]] } }, [evil], { q: evil, c: evil });
  const [seen] = requests;
  assert.equal(seen.headers["x-evil"], undefined);
  assert.ok(!seen.headers.cookie.includes(";") && seen.url.split("/").length === 2 && !seen.url.includes("&"));
  await request(client, { ...GET, cookies: { add: addCookies, parameters: [["c"]] } }, [], { c: { "k; admin": "1" } });
  assert.equal(requests[1].headers.cookie, "k%3B%20admin=1");
  for (const [operation, path, params] of [
    [{ ...GET, headers: [["X-H"]] }, [], { "X-H": evil }],
    [{ ...GET, headers: [["X-H"]] }, [], { "X-H": "a\nb" }],
    [{ ...GET, headers: [["X-H"]] }, [], { "X-H": "a\0b" }],
    [{ ...GET, cookies: { add: addCookies, parameters: [["c", undefined, String]] } }, [], { c: "1; admin=1" }],
    [{ ...GET, cookies: { add: addCookies, parameters: [["c", undefined, String]] } }, [], { c: "1\r\nX: y" }],
    ...[".", "..", ""].map((value) => [{ ...GET, path: ["/", ["id"]] }, [value], {}]),
    [{ ...GET, path: ["/", ["a"], ["b"]] }, [".", "."], {}],
    [{ ...GET, path: ["/.", ["a"], "/x"] }, ["."], {}],
    [{ ...GET, path: ["/", ["a", (name, value) => simple(name, value, encodeReserved)], "/x"] }, ["%2e%2E"], {}],
  ]) {
    assert.ok((await reject(request(client, operation, path, params))) instanceof ArgumentError, JSON.stringify([path, params]));
  }
  assert.equal(requests.length, 2);
});
