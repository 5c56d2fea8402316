// Each row of the table of styles, sent by an emitted package, as it arrives at a server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OF_THE_STANDARD, ROWS, arrived, document, method, values } from "./styles.mjs";
import { importedDocument, recorder } from "./workshop.mjs";

test("every row of the table of styles arrives byte for byte", async () => {
  assert.ok(OF_THE_STANDARD >= 33 && ROWS.length > OF_THE_STANDARD);
  const [server, { Styles }] = await Promise.all([recorder(), importedDocument("styles", document())]);
  try {
    const client = new Styles({ baseUrl: server.url });
    const seen = [];
    for (const index of ROWS.keys()) {
      await client.rows[method(index)](...values(index));
      seen.push({ ...ROWS[index], sent: arrived(index, server.requests.at(-1)) });
    }
    assert.deepEqual(seen, ROWS);
  } finally {
    server.stop();
  }
});
