/** The texts of a form: how much fits, and what is wrong with them, each beside its field. */

/** As the server counts: characters, not halves of them, after spaces were put together. */
const lengthOf = (value) => [...value.trim().replace(/\s+/g, " ").normalize("NFC")].length;
const SOON = 40;

/** How much is left, once it is little. @param {HTMLFormElement} form @param {any} page */
export function count(form, page) {
  for (const field of form.querySelectorAll("[data-most]")) {
    const left = Number(field.dataset.most) - lengthOf(field.value);
    const counter = form.querySelector(`[data-counter="${field.name}"]`);
    counter.toggleAttribute("data-over", left < 0);
    if (left < 0) counter.textContent = page.word("%(over)s characters too many").replace("%(over)s", -left);
    else counter.textContent = left <= SOON ? page.word("%(left)s characters left").replace("%(left)s", left) : "";
    if (left >= 0 && lengthOf(field.value)) tell(form, field.name, "");
  }
}

/** Whether the form can be sent; what is missing or too long is told. The first text is the one that is needed. */
export function isComplete(form, page) {
  const texts = [...form.querySelectorAll("[data-most]")];
  const wrong = {};
  for (const field of texts) {
    const over = lengthOf(field.value) - Number(field.dataset.most);
    if (over > 0) wrong[field.name] = page.word("%(over)s characters too many").replace("%(over)s", over);
  }
  if (!lengthOf(texts[0].value)) wrong[texts[0].name] = page.word("Please write something first.");
  showErrors(form, wrong);
  return !Object.keys(wrong).length;
}

/** The sentence beside each field; the first wrong field gets the focus. @param {Object<string, string>} sentences */
export function showErrors(form, sentences) {
  for (const { dataset } of form.querySelectorAll("[data-error]")) tell(form, dataset.error, sentences[dataset.error] ?? "");
  const first = form.querySelector(Object.keys(sentences).map((name) => `[name="${name}"]`).join() || "_");
  first?.closest("details")?.setAttribute("open", "");
  first?.focus();
}

function tell(form, name, sentence) {
  const place = form.querySelector(`[data-error="${name}"]`);
  if (place.textContent === sentence) return;
  place.textContent = sentence;
  place.hidden = !sentence;
  place.closest(".field")?.classList.toggle("field-wrong", Boolean(sentence));
  const field = form.querySelector(`textarea[name="${name}"]`);
  if (sentence) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}
