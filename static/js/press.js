/*
 * A press counts though the page moved under the finger: an answer that is saved as one leaves its
 * field may put words above what is pressed between pressing and letting go, and the browser then
 * gives the click to whatever lies around both places. What was pressed gets it, and gets it once.
 */
const SLACK_PX = 12;
/* A finger's click comes a little after the finger has left; a mouse's comes at once. */
const CLICK_WITHIN_MS = 60;
const PRESSED = "button[type=submit], a[href], summary, label, input[type=radio], input[type=checkbox]";
const CHOICES = new Set(["radio", "checkbox"]);

export function countPresses(root) {
  let press = null;
  root.addEventListener("pointerdown", (event) => {
    const target = isPlain(event) ? whatIsPressed(event.target) : null;
    press = target ? { target, x: event.clientX, y: event.clientY, isOver: false } : null;
  });
  for (const end of ["pointercancel", "contextmenu"]) root.addEventListener(end, () => (press = null));
  root.addEventListener("click", (event) => {
    // What comes from a key or a script, as the click that a label passes on, has no count.
    if (!press || !event.isTrusted || !event.detail || !press.target.contains(event.target)) return;
    if (!press.isOver) press = null;
    else {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  root.addEventListener("pointerup", ({ clientX, clientY }) => {
    const last = press;
    if (!last || last.isOver || Math.hypot(clientX - last.x, clientY - last.y) > SLACK_PX) return;
    // Whether the click will reach its target can't be told from where it lies: half a pixel decides.
    setTimeout(() => {
      if (press !== last) return;
      if (last.target.isConnected) last.target.click();
      // A slow device brings its click later still.
      last.isOver = true;
    }, CLICK_WITHIN_MS);
  });
}

function isPlain({ isPrimary, button, ctrlKey, metaKey, shiftKey, altKey }) {
  return isPrimary && button === 0 && !(ctrlKey || metaKey || shiftKey || altKey);
}

function whatIsPressed(place) {
  const found = place.closest?.(PRESSED);
  // A label gives other fields only the focus, and they have it from the press.
  return found?.matches("label") && !CHOICES.has(found.control?.type) ? null : found;
}
