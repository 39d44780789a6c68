/** How many tables somebody has just chosen stays chosen when the page turns, until the tables are drawn. */
let chosen = null;
let offered = null;

export const view = {
  selector: "select[data-number]",
  /** @param {HTMLSelectElement} select */
  start(select) {
    const suggested = select.querySelector("option[selected]")?.value ?? null;
    if (suggested !== offered) chosen = null;
    offered = suggested;
    if (chosen !== null && select.querySelector(`option[value="${chosen}"]`)) select.value = chosen;
    select.onchange = () => (chosen = select.value);
  },
};
