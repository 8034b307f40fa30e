/* After a refused form the reader starts at the list of what needs correcting. */
export function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus({ preventScroll: false });
}
