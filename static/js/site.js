import "htmx.org/dist/htmx.esm.js";
import { askAgain } from "./again.js";
import { celebrate } from "./celebrate.js";
import { copyLinks } from "./copy.js";
import { focusErrors } from "./errors.js";
import { guardSubmits } from "./guard.js";
import { keepTyped } from "./keep.js";
import { closeMenus } from "./menu.js";
import { countPresses } from "./press.js";
import { saveAnswers } from "./saving.js";

/** Prepares a page, or a part of one that htmx has put in; a second time does nothing. */
function prepare(root) {
  keepTyped(root);
  copyLinks(root);
  celebrate(root);
  focusErrors(root);
}

askAgain(document);
guardSubmits(document);
countPresses(document);
closeMenus(document);
saveAnswers();
prepare(document);
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt !== document.body) prepare(elt.parentElement ?? elt);
});
