/** Listeners of a view on one element, which end together when the view stops. */

const endings = new WeakMap();

/** @param {Element} element @returns {AddEventListenerOptions} to be given to every addEventListener of the view */
export function listening(element) {
  endListening(element);
  const ending = new AbortController();
  endings.set(element, ending);
  return { signal: ending.signal };
}

/** @param {Element} element */
export function endListening(element) {
  endings.get(element)?.abort();
}
