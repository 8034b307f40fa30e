/* The menu closes on Escape and on a press elsewhere. */
export function closeMenus(root) {
  const close = () => root.querySelectorAll(".menu[open]").forEach((menu) => (menu.open = false));
  root.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && root.querySelector(".menu[open]");
    if (!open) return;
    close();
    open.querySelector("summary").focus();
  });
  root.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) close();
  });
}
