/** What stands in a form and is not sent yet stays on this device: a phone may sleep, a page may be left. */

const OURS = new Set(["csrf_token", "client_key"]);

const place = ({ config: { dialogue, group, me } }, name) => `draft/${dialogue}/${me ?? group}/${name}`;
const nameOf = (form) => form.getAttribute("action");

/** @param {any} page @param {string} name @param {any} value plain values; null forgets them */
export function keep(page, name, value) {
  try {
    if (value === null) localStorage.removeItem(place(page, name));
    else localStorage.setItem(place(page, name), JSON.stringify(value));
  } catch {
    // A device that keeps nothing still has it on the page.
  }
}

/** @returns {any} null where nothing was kept, or nothing that can be read */
export function kept(page, name) {
  try {
    return JSON.parse(localStorage.getItem(place(page, name)));
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @returns {[string, string][]} what stands in the form */
export const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => !OURS.has(name));

/** @param {HTMLFormElement} form @param {any} page */
export const keepDraft = (form, page) => keep(page, nameOf(form), fieldsOf(form));

/** @param {HTMLFormElement} form @param {any} page */
export const forgetDraft = (form, page) => keep(page, nameOf(form), null);

/** @param {HTMLFormElement} form @param {any} page @returns {[string, string][]|null} */
export function draftOf(form, page) {
  const fields = kept(page, nameOf(form));
  return Array.isArray(fields) ? fields : null;
}

/** Write values into the form; of a choice exactly those are chosen. @param {[string, string][]} fields */
export function fill(form, fields) {
  const values = (wanted) => fields.filter(([name]) => name === wanted).map(([, value]) => value);
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values(field.name).includes(field.value);
    else if (field.type !== "hidden" || values(field.name).length) field.value = values(field.name)[0] ?? "";
  }
}
