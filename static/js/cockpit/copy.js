/** Copy a link. The clipboard is closed to pages on plain addresses of a room: there the old way works. */

async function copy(field) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(field.value);
  field.select();
  document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await copy(field);
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    document.querySelector("[data-news]").textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
for (const field of document.querySelectorAll("[data-select]")) {
  field.addEventListener("focus", () => field.select());
}
