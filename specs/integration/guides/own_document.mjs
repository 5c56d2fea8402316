import { Integration, fileFromPath } from "integration";

const client = new Integration();
const [, , olderPath, newerPath] = process.argv;

const older = await client.specs.upload({ body: await fileFromPath(olderPath) });
const newer = await client.specs.upload({ body: await fileFromPath(newerPath) });
console.log(`${newer.title} ${newer.version}: ${newer.report.score.grade}`);

const comparison = await client.specs.compare(newer.id, { against: older.id });
for (const change of comparison.changes) {
  if (change.severity === "breaking") {
    console.log(`${change.subject.title}: ${change.message}`);
  }
}
console.log(`the next version is ${comparison.next_version}`);

const archive = await client.specs.downloadSdk(newer.id, "javascript", { format: "zip" });
await archive.saveTo(archive.fileName ?? "sdk.zip");
console.log(`saved ${archive.fileName}`);

await client.specs.delete(older.id);
await client.specs.delete(newer.id);
