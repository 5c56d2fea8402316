// Each case of the table of styles, sent by an emitted package, as it arrives at a server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CASES, arrived, call, document } from "./styles.mjs";
import { importedDocument, recorder } from "./workshop.mjs";

test("the 33 cases of styles arrive byte for byte", async () => {
  assert.equal(CASES.length, 33);
  const [server, { Styles }] = await Promise.all([recorder(), importedDocument("styles", document())]);
  try {
    const client = new Styles({ baseUrl: server.url });
    const seen = [];
    for (const index of CASES.keys()) {
      await call(client, index);
      seen.push(arrived(index, server.requests.at(-1)));
    }
    assert.deepEqual(seen, CASES.map(([, , , , expected]) => expected));
  } finally {
    server.stop();
  }
});
