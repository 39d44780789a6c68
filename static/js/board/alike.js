/** Cards that may say the same, with the reason. A person puts them together, or says no; the no stays on this device. */
import { slot } from "../cards.js";
import { send } from "./sending.js";

const MOST_KEPT = 500;

/** @param {import("./pinboard.js").Pin} pin */
export function startAlike(pin) {
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("[data-act=alike]") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      open(pin);
    },
    { signal: pin.signal },
  );
}

async function open(pin) {
  const dialog = document.getElementById("alike-dialog");
  const answer = await fetch(`${pin.url}similar.json`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return pin.page.toast(dialog.dataset.away);
  const { pairs } = await answer.json();
  const apart = kept(pin);
  const list = slot(dialog, "pairs");
  const cards = pin.page.board.cards;
  const shown = pairs.filter(({ a, b }) => cards[a] && cards[b] && !apart.includes(`${a}|${b}`));
  list.replaceChildren(...shown.map((pair) => draw(pin, dialog, pair)));
  slot(dialog, "none").hidden = shown.length > 0;
  if (!dialog.open) dialog.showModal();
}

function draw(pin, dialog, { a, b, reason }) {
  const html = document.getElementById("alike-template").innerHTML;
  const holder = document.createElement("template");
  holder.innerHTML = html.replaceAll("__a__", a).replaceAll("__b__", b);
  const node = holder.content.firstElementChild;
  slot(node, "reason").textContent = reason;
  for (const [name, id] of [["a", a], ["b", b]]) {
    const text = slot(node, name);
    text.textContent = pin.page.board.cards[id].text;
    text.closest(".card").classList.add(`card-${pin.page.board.cards[id].valence}`);
  }
  const leave = () => {
    const next = node.nextElementSibling ?? node.previousElementSibling;
    node.remove();
    slot(dialog, "none").hidden = slot(dialog, "pairs").children.length > 0;
    (next?.querySelector("button") ?? dialog.querySelector("[method=dialog] button")).focus();
  };
  node.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send(pin, event.target);
    if (answer.ok) leave();
  });
  node.querySelector("[data-act=apart]").addEventListener("click", () => {
    keep(pin, `${a}|${b}`);
    leave();
  });
  return node;
}

const place = (pin) => `apart/${pin.own}`;

/** @returns {string[]} */
function kept(pin) {
  try {
    return JSON.parse(localStorage.getItem(place(pin))) ?? [];
  } catch {
    return [];
  }
}

function keep(pin, pair) {
  try {
    localStorage.setItem(place(pin), JSON.stringify([...kept(pin), pair].slice(-MOST_KEPT)));
  } catch {
    // A device that keeps nothing asks again next time.
  }
}
