/*
 * A press counts though the page moved under the finger: an answer that is saved as one leaves its
 * field may put words above the button between pressing and letting go, and the browser then
 * gives the click to whatever lies around both places. The button that was pressed gets it.
 */
const SLACK_PX = 12;
/* A finger's click comes a little after the finger has left; a mouse's comes at once. */
const CLICK_WITHIN_MS = 60;

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
    // Whether the click will reach the button can't be told from where it lies: half a pixel decides.
    setTimeout(() => {
      if (pressed !== last) return;
      pressed = null;
      if (last.button.isConnected) last.button.click();
    }, CLICK_WITHIN_MS);
  });
}
