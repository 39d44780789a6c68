// Lets static/js/board.js follow the recorded acts; says which of them it tells differently from dialog/board.py.
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , script, recorded] = process.argv;
const { apply, PageTurn } = await import(pathToFileURL(script));
const different = [];
for (const { act, before, seq, tidings, after } of JSON.parse(readFileSync(recorded, "utf8"))) {
  const copy = structuredClone(before);
  let followed;
  try {
    followed = apply(before, seq, tidings);
  } catch (error) {
    followed = error instanceof PageTurn ? "page turned" : `${error.name}: ${error.message}`;
  }
  try {
    deepStrictEqual(followed, after);
    deepStrictEqual(before, copy);
  } catch (error) {
    different.push({ act, message: error.message });
  }
}
console.log(JSON.stringify(different));
