// Runs the portal's search reader on an exported index: node reader.mjs READER FOLDER < questions
// Questions: {"texts": [..], "queries": [[text, options]..]}. Answers: {"words": [..], "results": [..]}.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const [reader, folder] = process.argv.slice(2);
const run = async (path) => {
  vm.runInThisContext(readFileSync(path, 'utf8'), { filename: path });
};
await run(reader);
const { texts, queries } = JSON.parse(readFileSync(0, 'utf8'));
const { search } = globalThis.portolan;
const words = texts.map((text) =>
  search.analyse(text).map(({ parts, whole }) => ({ parts: parts.map(({ stem }) => stem), whole: whole?.stem ?? null })),
);
const opened = await search.open(`${folder}/`, run);
const results = [];
for (const [text, options] of queries) {
  const { hits, total, facets } = await opened.search(text, options);
  const lists = Object.entries(facets).map(([name, counts]) => [name, counts instanceof Map ? [...counts] : counts]);
  results.push({ hits, total, facets: Object.fromEntries(lists) });
}
process.stdout.write(JSON.stringify({ words, results }));
