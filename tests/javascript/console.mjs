// The console's scripts outside a browser: usage: node console.mjs samples|styles < cases.json (see tests/tests/console.rs).

import { readFileSync } from "node:fs";
import vm from "node:vm";

const input = JSON.parse(readFileSync(0, "utf8"));
const portolan = { words: {}, say: (name) => name, console: {} };
const context = vm.createContext({ portolan, File, Blob, TextEncoder, crypto });
for (const script of input.scripts) vm.runInContext(script, context);
const { read, rewrite, inPath, inQuery, wholeQuery, inHeader, inCookie } = portolan.console;
const faults = [];
let count = 0;

if (process.argv[2] === "styles") {
  const { table, beyond } = JSON.parse(input.table);
  // The console's own reader, so that the order of members and the digits of numbers are those of the table.
  const values = read(input.table);
  const rows = [...values.get("table"), ...values.get("beyond")];
  for (const [index, row] of [...table, ...beyond].entries()) {
    const parameter = { name: row.in === "header" ? "X-Color" : "color", in: row.in, style: row.style, explode: row.explode, reserved: row.allowReserved, content: row.content };
    const value = rows[index].get("value");
    const pieces = { query: inQuery, querystring: wholeQuery, cookie: inCookie };
    const sent = row.in === "path" ? inPath(parameter, value) : row.in === "header" ? inHeader(parameter, value) : pieces[row.in](parameter, value).join(row.in === "cookie" ? "; " : "&");
    count += 1;
    if ((sent || null) !== (row.sent || null)) faults.push(`${JSON.stringify(row)}\n  sent ${JSON.stringify(sent)}`);
  }
} else {
  for (const { document, operations, cases } of input.apis) {
    const known = new Map();
    portolan.operation = (data) => known.set(data.id, data);
    for (const script of operations) vm.runInContext(script, context);
    for (const { id, server, arguments: list, form, body, samples } of cases) {
      const operation = known.get(id);
      const given = new Map(list.map(([index, json]) => [index, read(json)]));
      const call = { operation, given, form: operation.bodies?.[form], formIndex: form, body: body === null ? undefined : read(body), server };
      for (const [name, base, expected] of samples) {
        const sample = operation.samples.find((sample) => sample.name === name);
        count += 1;
        if (!sample) {
          faults.push(`${document} ${id} ${name}: not live`);
          continue;
        }
        let text;
        try {
          text = rewrite(sample, [["", base.trimEnd()]], call).map(([, text]) => text).join("");
        } catch (error) {
          text = error.stack;
        }
        if (text !== expected.trimEnd()) faults.push(`${document} ${id} ${name}\n--- printed\n${expected}\n--- written\n${text}\n`);
      }
    }
  }
}
console.log(`${count} compared, ${faults.length} differ`);
if (faults.length) {
  console.log(faults.slice(0, 12).join("\n"));
  process.exitCode = 1;
}
