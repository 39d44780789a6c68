/** A topic's name is written where it stands. Enter or leaving the field saves, Escape leaves it as it was. */
import { topicNode } from "./draw.js";
import { send } from "./sending.js";

const LONGEST = 120;

/** @param {import("./pinboard.js").Pin} pin */
export function startNaming(pin) {
  const { root, signal } = pin;
  root.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("[data-act=name]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      write(pin, link.closest("[data-topic]"));
    },
    { signal },
  );
  const nameNew = () => {
    const topic = pin.nameNext && topicNode(pin.nameNext);
    if (!topic) return;
    pin.nameNext = "";
    write(pin, topic);
  };
  root.addEventListener("name-next", nameNew, { signal });
  const newcomers = new MutationObserver(nameNew);
  newcomers.observe(root.querySelector("[data-topics]"), { childList: true });
  signal.addEventListener("abort", () => newcomers.disconnect());
}

/** @param {HTMLElement} topic */
function write(pin, topic) {
  const id = topic.dataset.topic;
  const head = topic.querySelector("[data-slot=head]");
  if (topic.querySelector("form.naming")) return;
  const title = pin.page.board.topics[id].title;
  const form = document.createElement("form");
  form.className = "naming";
  // Who is writing here is asked before the page goes on.
  form.dataset.keep = "";
  const field = document.createElement("textarea");
  field.className = "input naming-field";
  field.name = "title";
  field.rows = 1;
  field.maxLength = LONGEST;
  field.dir = "auto";
  field.setAttribute("aria-label", pin.root.dataset.naming);
  field.defaultValue = title;
  form.append(field);
  head.hidden = true;
  head.after(form);
  fit(field);
  field.focus();
  field.select();
  topic.scrollIntoView({ block: "nearest" });

  let over = false;
  const end = (save) => {
    if (over) return;
    over = true;
    const text = field.value.trim();
    const focused = form.contains(document.activeElement);
    form.remove();
    head.hidden = false;
    if (focused) head.querySelector("a")?.focus({ preventScroll: true });
    if (!save || !text || text === title) return;
    send(pin, { url: `${pin.url}topics/${id}/name`, fields: { title: text } });
  };
  field.addEventListener("input", () => fit(field));
  field.addEventListener("blur", () => end(true));
  pin.signal.addEventListener("abort", () => end(true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end(true);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter");
  });
}

/** @param {HTMLTextAreaElement} field */
function fit(field) {
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight + 2 && field.rows < 5) field.rows += 1;
}
