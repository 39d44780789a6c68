/** Take the own card back, with ten seconds to think again. */

/** @param {any} page @param {string} cards the address of the cards @param {string} id */
export async function withdraw(page, cards, id) {
  const answer = await page.send({ url: `${cards}/${id}/withdraw` });
  if (!answer.ok) return page.toast(answer.error);
  page.toast(page.word("Card withdrawn."), () => restore(page, cards, id));
}

async function restore(page, cards, id) {
  const answer = await page.send({ url: `${cards}/${id}/restore` });
  page.toast(answer.ok ? page.word("Card is back.") : answer.error);
}
