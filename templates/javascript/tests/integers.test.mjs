// Integers of 64 bits in one form, where the document says that they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asBigint, asDigits, each, fromDigits, kind, list, members, row } from "../runtime/integers.js";

test("an integer is a bigint, however small; what is of another kind stays", () => {
  assert.deepEqual([1, 2n ** 60n, 1.5, "1", null].map(asBigint), [1n, 2n ** 60n, 1.5, "1", null]);
});

test("an integer is a string with all its digits, and is sent as the number that it is", () => {
  const digits = [1, 2n ** 60n, -5, 1e21, 1.5, null].map(asDigits);
  assert.deepEqual(digits, ["1", "1152921504606846976", "-5", "1000000000000000000000", 1.5, null]);
  assert.deepEqual(["12", "-9223372036854775808", "", "1.5", "12x", 7].map(fromDigits), [12n, -(2n ** 63n), "", "1.5", "12x", 7]);
});

test("members are converted by their names, the others by what holds for them", () => {
  const source = JSON.parse('{"id": 1, "name": 2, "__proto__": 3, "more": 4}');
  const converted = members(source, [["id", asBigint], ["name"]], asDigits);
  assert.deepEqual(Object.entries(converted), [["id", 1n], ["name", 2], ["__proto__", "3"], ["more", "4"]]);
  assert.equal(Object.getPrototypeOf(converted), Object.prototype);
  assert.equal(source.id, 1, "what the caller gave is as it was");
  assert.equal(members(null, [["id", asBigint]]), null);
});

test("lists, rows and kinds of objects are looked into", () => {
  assert.deepEqual(list([1, [2]], asBigint), [1n, [2]]);
  assert.deepEqual(row([1, 2, 3, 4], [asBigint, undefined], asDigits), [1n, 2, "3", "4"]);
  const book = (value) => members(value, [["pages", asBigint]]);
  assert.deepEqual(kind({ type: "book", pages: 3 }, "type", [["book", book]]), { type: "book", pages: 3n });
  assert.deepEqual(kind({ type: "film", pages: 3 }, "type", [["book", book]]), { type: "film", pages: 3 });
  assert.deepEqual(each({ pages: 3, size: 4 }, [book, (value) => members(value, [["size", asDigits]])]), { pages: 3n, size: "4" });
});

test("items that are given one by one are converted one by one", async () => {
  async function* items() {
    yield "1";
    yield "x";
  }
  const converted = [];
  for await (const item of list(items(), fromDigits)) converted.push(item);
  assert.deepEqual(converted, [1n, "x"]);
});
