/* A page that is not drawn yet answers "not yet": its picture is asked for again, for about a minute. */
const MOST = 24;
const PAUSE_MS = 2500;

export function askAgain(root) {
  const retry = (picture) => {
    const asked = Number(picture.dataset.again);
    if (asked >= MOST) return;
    picture.dataset.again = asked + 1;
    setTimeout(() => (picture.src = picture.src), PAUSE_MS);
  };
  const failed = (picture) => picture.complete && picture.getAttribute("src") && !picture.naturalWidth;
  root.addEventListener("error", ({ target }) => target.matches?.("img[data-again]") && retry(target), true);
  // Those that failed before this script was there tell nobody any more.
  root.querySelectorAll("img[data-again]").forEach((picture) => failed(picture) && retry(picture));
}
