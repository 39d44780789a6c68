/** The line that says in words what has not been sent yet. */
import * as outbox from "../outbox.js";

const SENT_SHOWN_MS = 4000;
const watching = new WeakMap();
let wasLate = false;
let hiding = 0;

export const view = {
  selector: "[data-unsent]",
  start(element, page) {
    watching.set(element, outbox.watch((state) => show(element, page, state)));
  },
  stop(element) {
    watching.get(element)?.();
  },
};

function show(element, page, { waiting, failing, keeps }) {
  clearTimeout(hiding);
  if (waiting && (failing || !navigator.onLine)) {
    wasLate = true;
    const sentence = page.word("Not sent yet – will be sent as soon as the connection is there (%(count)s)");
    const warning = keeps ? "" : ` ${page.word("This device keeps nothing: please leave the page open until everything is sent.")}`;
    write(element, sentence.replace("%(count)s", waiting) + warning);
  } else if (!waiting && wasLate) {
    wasLate = false;
    write(element, page.word("Everything is sent."));
    hiding = setTimeout(() => write(element, ""), SENT_SHOWN_MS);
  } else if (!wasLate) {
    write(element, "");
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
