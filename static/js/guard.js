/* A second press on a button that is already sending does nothing; coming back by "back" lifts it. */
export function guardSubmits(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post") return;
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    // A download or a lost connection leaves the page where it is: the form has to work again.
    setTimeout(() => release(form), 8000);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) root.querySelectorAll("form[data-sending]").forEach(release);
  });
  root.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sending]");
    if (form) release(form);
  });
}

function release(form) {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-disabled]").forEach((e) => e.removeAttribute("aria-disabled"));
}
