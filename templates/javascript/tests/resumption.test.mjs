// Streams that break, wait, or are not what they should be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { request } from "../runtime/request.js";
import { events, jsonLines, readEvents, wholeEvents } from "../runtime/stream.js";
import { answerJson, clientOf, serve, until } from "./harness.mjs";

const stream = (decoder, more = {}) => ({ id: "watch", method: "GET", path: ["/"], responses: [["*/*", decoder]], ...more });

const send = (text, { type = "text/event-stream", breaks = false } = {}) => (response) => {
  response.writeHead(200, { "content-type": type });
  response.write(text, () => setTimeout(() => (breaks ? response.destroy() : response.end()), 20));
};

/** Sends the beginning and then nothing; tells when the connection ends. */
function stalled(text = "") {
  let closed;
  const ended = new Promise((resolve) => (closed = resolve));
  const answer = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text || ":\n");
    response.on("close", closed);
  };
  return { answer, ended };
}

async function collect(items, result = []) {
  for await (const item of items) result.push(item);
  return result;
}

test("an id and a retry without data are remembered", async (t) => {
  const { url, requests } = await serve(t, send("retry: 5\n\ndata: 1\n\nid: e9\n\n", { breaks: true }), send("data: 2\n\n"));
  assert.deepEqual(await collect(await request(clientOf(url), stream(events))), [1, 2]);
  assert.equal(requests[1].headers["last-event-id"], "e9");
  const progress = { lastEventId: "", retry: 1_000 };
  async function* lines() {
    yield* ["retry: 5", "", "id: e9", "", "id: half", "retry: 7"];
  }
  assert.deepEqual(await collect(readEvents(lines(), progress)), []);
  assert.deepEqual(progress, { lastEventId: "e9", retry: 5 });
});

test("the id of an event that did not come whole is not that of the last one", async (t) => {
  const { url, requests } = await serve(t, send("retry: 5\nid: whole\ndata: 1\n\nid: half\ndata: 2\n", { breaks: true }), send("data: 2\n\n"));
  assert.deepEqual(await collect(await request(clientOf(url), stream(events))), [1, 2]);
  assert.equal(requests[1].headers["last-event-id"], "whole");
});

test("a stream is asked for again as often as the call may be, counted anew from each event", async (t) => {
  const one = (number) => send(`retry: 1\nid: ${number}\ndata: ${number}\n\n`, { breaks: true });
  const many = await serve(t, one(1), one(2), one(3), one(4), send("data: 5\n\n"));
  assert.deepEqual(await collect(await request(clientOf(many.url, { maxRetries: 1 }), stream(events))), [1, 2, 3, 4, 5]);
  const nothing = send(":\n", { breaks: true });
  const silent = await serve(t, one(1), nothing);
  await assert.rejects(collect(await request(clientOf(silent.url, { maxRetries: 2 }), stream(events))), { name: "ConnectionError" });
  assert.equal(silent.requests.length, 3);
  const never = await serve(t, one(1));
  await assert.rejects(collect(await request(clientOf(never.url, { maxRetries: 0 }), stream(events))), { name: "ConnectionError" });
  assert.equal(never.requests.length, 1);
});

test("a CR ends a line when it comes, and an LF behind it in the next chunk is part of it", async (t) => {
  const { answer, ended } = stalled("data: 1\r\r");
  const { url } = await serve(t, answer);
  const items = await request(clientOf(url), stream(events));
  for await (const item of items) {
    assert.equal(item, 1);
    break;
  }
  await ended;
  const chunks = ["data: 2\r", "\ndata: 3\r", "\n\r", "\n\n\ndata: 4\r\n\r\n"];
  const cut = await serve(t, async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    response.end();
  });
  assert.deepEqual(await collect(await request(clientOf(cut.url), stream(wholeEvents))), [
    { event: undefined, id: undefined, retry: undefined, data: "2\n3" },
    { event: undefined, id: undefined, retry: undefined, data: 4 },
  ]);
});

test("closing ends a stream that is waited for, one that was never begun, and one that waits to be resumed", async (t) => {
  const waiting = stalled("data: 1\n\n");
  const { url } = await serve(t, waiting.answer);
  const watched = await request(clientOf(url), stream(events));
  const seen = [];
  const all = collect(watched, seen);
  await until(() => seen.length === 1);
  await watched.close();
  assert.deepEqual(await all, [1]);
  await waiting.ended;

  const unread = stalled();
  const second = await serve(t, unread.answer);
  await (await request(clientOf(second.url), stream(events))).close();
  await unread.ended;

  const { url: third, requests } = await serve(t, send("retry: 20000\nid: a\ndata: 1\n\n", { breaks: true }));
  const broken = await request(clientOf(third), stream(events));
  const before = [];
  const rest = collect(broken, before);
  await until(() => before.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 80));
  await broken.close();
  assert.deepEqual(await rest, [1]);
  assert.equal(requests.length, 1);
});

test("a signal stops a stream that waits to be resumed, with its own reason", async (t) => {
  const { url } = await serve(t, send("retry: 20000\nid: a\ndata: 1\n\n", { breaks: true }));
  const signal = AbortSignal.timeout(80);
  const reason = await collect(await request(clientOf(url), stream(events), [], {}, { signal })).then(assert.fail, (error) => error);
  assert.equal(reason, signal.reason);
});

test("a page for people in place of events is an error with its text", async (t) => {
  const { url } = await serve(t, send("<h1>Sign in</h1>", { type: "text/html" }));
  await assert.rejects(collect(await request(clientOf(url), stream(events))), {
    name: "DecodeError",
    message: "the answer to `watch` is no stream of events; it says it is text/html",
    text: "<h1>Sign in</h1>",
  });
});

test("JSON text sequences may go over several lines, and integers keep their digits", async (t) => {
  const type = "application/json-seq";
  const { url } = await serve(
    t,
    send('\x1e{\n  "a": 9007199254740993\n}\n\x1e[1]\n', { type }),
    send('\x1e{"a":1}\n\x1e{"b":\n', { type }),
    send('{"a":9007199254740993}\n', { type: "application/jsonl" }),
  );
  assert.deepEqual(await collect(await request(clientOf(url), stream(jsonLines))), [{ a: 9007199254740993n }, [1]]);
  await assert.rejects(collect(await request(clientOf(url), stream(jsonLines))), { name: "DecodeError", text: '{"b":\n' });
  assert.deepEqual(await collect(await request(clientOf(url), stream(jsonLines))), [{ a: 9007199254740993n }]);
});

test("one long line in many chunks is read in one go", async (t) => {
  const part = "x".repeat(64 * 1024);
  const { url } = await serve(t, async (response) => {
    response.writeHead(200, { "content-type": "application/jsonl" });
    response.write('"');
    for (let count = 0; count < 160; count += 1) if (!response.write(part)) await new Promise((resolve) => response.once("drain", resolve));
    response.end('"\n');
  });
  const [text] = await collect(await request(clientOf(url), stream(jsonLines)));
  assert.equal(text.length, 160 * part.length);
});

test("a stream of JSON lines that breaks is a connection error behind what came", async (t) => {
  const { url } = await serve(t, send('{"a":1}\n', { type: "application/jsonl", breaks: true }));
  const seen = [];
  await assert.rejects(
    (async () => {
      for await (const item of await request(clientOf(url), stream(jsonLines))) seen.push(item);
    })(),
    { name: "ConnectionError" },
  );
  assert.deepEqual(seen, [{ a: 1 }]);
});

test("an error in place of a stream is tried again, and typed", async (t) => {
  const { url, requests } = await serve(t, answerJson({ detail: "no" }, { status: 503, headers: { "retry-after": "0" } }), answerJson({ detail: "gone", id: 9007199254740993n.toString() }, { status: 404 }));
  await assert.rejects(request(clientOf(url), stream(events)), { name: "NotFoundError", message: "404 Not Found: gone" });
  assert.equal(requests.length, 2);
});
