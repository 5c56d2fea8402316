// Walks through the integration API with its JavaScript package, and prints what it saw.

import { StatusError, Integration, fileFromPath } from "integration";

const client = new Integration();
const saw = {};

const status = async (call) => {
  try {
    await call();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  return 204;
};

const all = async (pages, key) => {
  const found = [];
  for await (const one of pages) found.push(one[key]);
  return found;
};

saw.ready = (await client.health.checkReadiness()).status;
const spec = await client.specs.upload({ body: await fileFromPath(process.argv[2]) });
saw.title = spec.title;
saw.errors = spec.report.counts.error;
saw.specs = await all(client.specs.list({ limit: 1 }), "id");
const samples = await client.specs.listSamples(spec.id, "listBooks", { language: ["python"] });
saw.sample = samples.data[0].source;
for await (const hit of client.search.search({ q: "upload a cover", kind: ["operation"] })) {
  saw.found = hit.id;
  break;
}
saw.listings = await all(client.listings.list({ limit: 7 }), "id");
saw.document = (await client.documents.get("bookshop/guides/files")).title;
const archive = await client.specs.downloadSdk(spec.id, "python");
await archive.saveTo("sdk.tar.gz");
saw.statuses = [
  await status(async () => client.specs.upload({ body: await fileFromPath("broken.yaml") })),
  await status(async () => client.specs.upload({ body: await fileFromPath("large.yaml") })),
  await status(() => client.specs.get("none")),
  await status(() => client.specs.delete("bookshop")),
  await status(() => client.specs.delete(spec.id)),
  await status(() => client.specs.get(spec.id)),
];
console.log(JSON.stringify(saw));
