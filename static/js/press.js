/*
 * A press counts though the page moved under the finger: an answer that is saved as one leaves its
 * field may put words above the button between pressing and letting go, and the browser then
 * gives the click to whatever lies around both places. The button that was pressed gets it.
 */
const SLACK_PX = 12;

export function countPresses(root) {
  let pressed = null;
  root.addEventListener("pointerdown", (event) => {
    const button = event.isPrimary && event.button === 0 && event.target.closest?.("button[type=submit]");
    pressed = button ? { button, x: event.clientX, y: event.clientY } : null;
  });
  root.addEventListener("pointercancel", () => (pressed = null));
  root.addEventListener("click", ({ target }) => {
    if (target.closest?.("button") === pressed?.button) pressed = null;
  }, true);
  root.addEventListener("pointerup", ({ clientX, clientY }) => {
    const last = pressed;
    if (!last || Math.hypot(clientX - last.x, clientY - last.y) > SLACK_PX) return;
    if (last.button.contains(document.elementFromPoint(clientX, clientY))) return;
    // A click of this press would come right after it; only where none reached the button is one made.
    setTimeout(() => {
      if (pressed !== last) return;
      pressed = null;
      if (last.button.isConnected) last.button.click();
    });
  });
}
