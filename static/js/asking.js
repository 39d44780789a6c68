/** Asks the server for something, and does not wait for ever. */

const PATIENCE_MS = 15000;

/**
 * @param {string} address
 * @param {Object<string, string>} headers
 * @returns {Promise<{answer: Response, text: string}>} the answer with all that it says
 * @throws when the server does not answer in time
 */
export async function ask(address, headers) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(address, { headers, credentials: "same-origin", signal: patience.signal });
    return { answer, text: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}
