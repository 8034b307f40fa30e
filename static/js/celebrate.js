/* A step reached: the station arrives once, and not at all for those who asked for less motion. */
export function celebrate(root) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  root.querySelectorAll("[data-celebrate]").forEach((e) => e.classList.add("celebrating"));
}
