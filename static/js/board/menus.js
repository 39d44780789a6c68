/** What can be done with a card or a topic, in a dialog that keyboards, fingers and mice use alike. */
import { slot } from "../cards.js";
import { actOn, chosenIds, letGo } from "./choosing.js";
import { cardNode, drawCard, lies, nameOf, topicsInOrder } from "./draw.js";

/** @param {import("./pinboard.js").Pin} pin */
export function startMenus(pin) {
  const { root, signal } = pin;
  root.addEventListener("menu", () => openCard(pin), { signal });
  root.addEventListener("lies-ahead", (event) => drawCard(pin, event.detail), { signal });
  root.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("[data-act=change]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      openTopic(pin, link.closest("[data-topic]").dataset.topic);
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  });
}

/** The dialog with fresh tools from a template in which a word stands for the id. */
function filled(dialogId, templateId, word, id) {
  const dialog = document.getElementById(dialogId);
  slot(dialog, "tools").innerHTML = document.getElementById(templateId).innerHTML.replaceAll(word, id);
  return dialog;
}

function openCard(pin) {
  const focused = document.activeElement?.closest(".card")?.dataset.card;
  const chosen = chosenIds(pin);
  const ids = chosen.length ? chosen : focused ? [focused] : [];
  if (!ids.length) return;
  const card = lies(pin, ids[0]);
  const dialog = filled("card-dialog", "card-tools-template", "__card__", ids[0]);
  const bar = document.querySelector("[data-movebar] [data-slot=count]");
  const head = slot(dialog, "text");
  head.textContent = ids.length === 1 ? card.text : bar.textContent;
  head.className = ids.length === 1 ? `card card-text card-${card.valence}` : "card-text";
  const act = (what, fields) => {
    dialog.close();
    letGo(pin);
    actOn(pin, what, ids, fields).then(() => cardNode(ids[0])?.querySelector("input")?.focus());
  };
  const only = ids.length === 1;
  slot(dialog, "one")?.toggleAttribute("hidden", !only);
  slot(dialog, "paper").hidden = !(only && card.paper && pin.may.has("post_card"));
  const hidden = ids.filter((id) => lies(pin, id).hidden).length;
  const hide = dialog.querySelector("[data-act=hide]");
  const show = dialog.querySelector("[data-act=show]");
  hide.hidden = hidden === ids.length;
  show.hidden = hidden === 0;
  hide.onclick = () => act("hide", {});
  show.onclick = () => act("show", {});
  const list = slot(dialog, "destinations");
  if (list) {
    const place = (topic, words) => {
      const item = slot(dialog, "destination").content.firstElementChild.cloneNode(true);
      const button = slot(item, "to");
      button.textContent = words;
      button.disabled = only && (card.topic_id ?? "none") === topic;
      button.onclick = () => act("place", { topic });
      list.append(item);
    };
    for (const topic of topicsInOrder(pin)) place(topic.id, nameOf(pin, topic.id));
    const topics = list.children.length;
    place("new", slot(dialog, "new-topic").textContent);
    place("none", slot(dialog, "no-topic").textContent);
    for (const item of [...list.children].slice(topics)) slot(item, "to").classList.add("to-nowhere");
  }
  dialog.onclose = () => cardNode(ids[0])?.querySelector("input")?.focus({ preventScroll: true });
  dialog.showModal();
}

function openTopic(pin, id) {
  const topic = pin.page.board.topics[id];
  const dialog = filled("topic-dialog", "topic-tools-template", "__topic__", id);
  slot(dialog, "text").textContent = nameOf(pin, id);
  const name = dialog.querySelector("input[name=title]");
  if (name) name.value = topic.title;
  const into = slot(dialog, "into");
  const others = topicsInOrder(pin).filter((other) => other.id !== id);
  into?.append(...others.map((other) => new Option(nameOf(pin, other.id), other.id)));
  if (into) into.closest("form").hidden = !others.length;
  const inside = chosenIds(pin).filter((card) => lies(pin, card).topic_id === id).length;
  const split = slot(dialog, "split");
  if (split) split.hidden = inside === 0;
  dialog.onclose = () => document.querySelector(`#topic-${CSS.escape(id)} [data-act=change]`)?.focus({ preventScroll: true });
  dialog.showModal();
}
