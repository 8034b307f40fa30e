/* The button beside an address copies it and says so. */
export function copyLinks(root) {
  if (!navigator.clipboard) return;
  root.querySelectorAll("[data-copy]").forEach((box) => {
    const [address, button] = [box.querySelector("input"), box.querySelector("button")];
    if (!button.hidden) return;
    const words = button.querySelector("span");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address.value);
      words.setAttribute("role", "status");
      words.textContent = button.dataset.copied;
    });
    address.addEventListener("focus", () => address.select());
  });
}
