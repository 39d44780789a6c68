/** Take back what the table has written, with ten seconds to think again. */

/** @param {any} page @param {string} base the address of the page @param {string} id */
export async function takeBack(page, base, id) {
  const answer = await page.send({ url: `${base}entries/${id}/withdraw` });
  if (!answer.ok) return page.toast(answer.error);
  page.toast(page.word("Taken back."), () => putBack(page, base, id));
}

/** @param {any} page @param {string} base @param {string} id */
export async function putBack(page, base, id) {
  const answer = await page.send({ url: `${base}entries/${id}/restore` });
  page.toast(answer.ok ? page.word("It is back.") : answer.error);
  return answer.ok;
}
