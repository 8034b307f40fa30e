/*
 * The studio saves by itself a second after the last letter, and the press answers with the page.
 * Without script the button "Save and make the pages" does the same.
 */
const PAUSE_MS = 1000;

for (const form of document.querySelectorAll("form[data-flyer]")) {
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.dispatchEvent(new Event("flyer:typed")), PAUSE_MS);
  });
  // The button saves everything: what is waiting to be saved by itself must not come after it.
  form.addEventListener("submit", () => clearTimeout(timer));
}
