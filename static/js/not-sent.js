/** What the board does not have yet says so; and what was not accepted can be changed or thrown away. */
import { slot } from "./cards.js";
import * as outbox from "./outbox.js";

/**
 * @param {HTMLElement} node the card or entry as it is drawn
 * @param {import("./outbox.js").Item} item
 * @param {any} page
 * @param {() => void} intoField brings it back into the field
 */
export function sayNotSent(node, item, page, intoField) {
  slot(node, "state").textContent = item.refused ? `${page.word("not accepted")}: ${item.refused}` : node.dataset.pending;
  if (!item.refused) return;
  const buttons = document.createElement("div");
  buttons.className = "card-actions";
  buttons.append(
    button(page.word("Back into the field"), intoField),
    button(page.word("Throw away"), () => outbox.drop(item.key)),
  );
  node.append(buttons);
}

function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-plain button-small";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}
