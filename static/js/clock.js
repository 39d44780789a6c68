/** The server's clock, as far as this device can know it. */
let ahead = 0;

/** @param {number} serverNow milliseconds since 1970, told by the server just now */
export function setServerNow(serverNow) {
  ahead = serverNow - Date.now();
}

/** @returns {number} milliseconds since 1970 on the server's clock */
export function serverNow() {
  return Date.now() + ahead;
}
