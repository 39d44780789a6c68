/** Topics touched in their order. The fields of the form are the selects that work without script; boxes stand for them. */
import { slot } from "../cards.js";

export const same = (some, others) => some.join() === others.join();

const selects = (form) => [...form.querySelectorAll(".ranks select")];
const rows = (form) => [...slot(form, "rows").querySelectorAll("input")];

/** What the form would send, in order. @param {HTMLFormElement} form @returns {string[]} */
export const chosen = (form) => selects(form).map((select) => select.value).filter(Boolean);

/** Boxes to touch instead of selects. @param {HTMLFormElement} form */
export function showRows(form) {
  form.querySelector(".ranks").hidden = true;
  slot(form, "rows").hidden = false;
}

/**
 * What is chosen once a box was touched: it goes to the end or out; where all places are taken it stays out.
 * @param {HTMLFormElement} form @param {HTMLInputElement} box
 * @returns {{ids: string[], complaint: string}}
 */
export function touched(form, box) {
  const others = chosen(form).filter((id) => id !== box.value);
  const full = box.checked && others.length === selects(form).length;
  return { ids: box.checked && !full ? [...others, box.value] : others, complaint: full ? slot(form, "rows").dataset.full : "" };
}

/** @param {HTMLFormElement} form @param {string[]} ids in order */
export function showOrder(form, ids) {
  selects(form).forEach((select, at) => (select.value = ids[at] ?? ""));
  const order = chosen(form);
  for (const box of rows(form)) {
    const place = order.indexOf(box.value) + 1;
    box.checked = place > 0;
    slot(box.parentElement, "place").textContent = place || "";
  }
}
