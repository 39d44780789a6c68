/** The group's most important topics in their order; everybody of the group changes the same list. */
import { slot } from "../cards.js";
import { drawPlaceOf, nameOf } from "./draw.js";

/** @param {import("./pinboard.js").Pin} pin */
export function drawNominated(pin) {
  const section = document.getElementById("nominated");
  const ids = pin.page.board.groups[pin.own].nominated;
  // In a step that does not nominate the list stands only while it has something in it.
  if (!section || (!ids.length && !pin.may.has("nominate_topics"))) return pin.page.turn();
  const list = slot(section, "nominees");
  const lying = new Map([...list.children].map((node) => [node.dataset.nominee, node]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  let place = list.firstElementChild;
  ids.forEach((id, at) => {
    const node = lying.get(id) ?? newNominee(id);
    lying.delete(id);
    slot(node, "rank").textContent = String(at + 1);
    slot(node, "title").textContent = nameOf(pin, id);
    if (node === place) {
      place = place.nextElementSibling;
      return;
    }
    list.insertBefore(node, place);
  });
  for (const gone of lying.values()) gone.remove();
  if (focused) keepFocus(list, focused);
  const left = slot(section, "left");
  const free = Number(section.dataset.places) - ids.length;
  left.textContent = free <= 0 || !pin.may.has("nominate_topics") ? "" : free === 1 ? left.dataset.one : left.dataset.many.replace("{count}", String(free));
  for (const topic of pin.root.querySelectorAll("[data-topic]")) drawPlaceOf(pin, topic, topic.dataset.topic);
}

/** What was pressed keeps the focus; where it has gone, the nearest that can be pressed. */
function keepFocus(list, focused) {
  const near = focused.closest("[data-nominee]");
  const buttons = [focused, ...(near?.querySelectorAll("button") ?? []), ...list.querySelectorAll("button")];
  const next = buttons.find((button) => button.isConnected && button.getClientRects().length);
  next?.focus({ preventScroll: true });
}

function newNominee(id) {
  const holder = document.createElement("template");
  holder.innerHTML = document.getElementById("nominee-template").innerHTML.replaceAll("__topic__", id);
  return holder.content.firstElementChild;
}
