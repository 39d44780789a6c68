/** Brings the stylesheets of a page that was fetched into the page that is there. */

const PATIENCE_MS = 3000;

/**
 * @param {Document} fresh
 * @returns {Promise<void>} when all of them are there, or after a few seconds: unstyled is better than not at all
 */
export async function dress(fresh) {
  const worn = new Set([...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href));
  const missing = [...fresh.querySelectorAll("link[rel=stylesheet]")].filter((link) => !worn.has(link.href));
  const loaded = missing.map(
    (link) =>
      new Promise((resolve) => {
        const own = document.createElement("link");
        own.rel = "stylesheet";
        own.href = link.getAttribute("href");
        own.addEventListener("load", resolve);
        own.addEventListener("error", resolve);
        document.head.append(own);
      }),
  );
  if (loaded.length) await Promise.race([Promise.all(loaded), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
