/*
 * What was typed survives a crash, a closed tab's "back" and a lost connection: it is kept in
 * sessionStorage for each form and offered when the form is seen again. Where sending one form of
 * a page led to a new page, what was typed in the others is put back without asking, for nobody
 * meant to leave it. It is forgotten when the form is accepted, and all of it on signing out.
 * What a person typed is kept for that person: their session may end without signing out, and
 * somebody else may sign in here. A visitor's is kept by the form alone.
 * Passwords, files, hidden and sealed fields are never kept.
 */
import { forgetUnsaved } from "./unsaved.js";

const PREFIX = "typed:";
const SENT = "sent:";
const BESIDE = "beside:";
const OF_A_PERSON = /^typed:\d+:/;
const NEVER = "[type=password],[type=file],[type=hidden],[type=submit],[autocomplete=off],[data-sealed]";

const watched = new WeakSet();
/** The forms of this page in which somebody typed, and the timer of what is not written yet. */
const touched = new Map();
let back = [];

export function keepTyped(root) {
  const forms = [...root.querySelectorAll("form[data-keep]")];
  if (root === document) {
    forgetOthers();
    back = leftBeside();
    forgetAccepted(forms);
    addEventListener("pagehide", writeAll);
    root.addEventListener("submit", noteOthers);
    root.querySelectorAll("form[data-forget]").forEach((f) => f.addEventListener("submit", forgetAll));
  }
  forms.filter((form) => !watched.has(form)).forEach(watch);
}

function owner() {
  return document.getElementById("kept-words")?.dataset.owner;
}

/** Where the text of a form is kept. */
function placeOf(form) {
  const whose = owner();
  return PREFIX + (whose ? `${whose}:` : "") + form.dataset.keep;
}

/** A visitor may be the person whose session has ended, and finds their text after signing in. */
function forgetOthers() {
  const whose = owner();
  if (!whose) return;
  const isOthers = (key) => OF_A_PERSON.test(key) && !key.startsWith(`${PREFIX}${whose}:`);
  Object.keys(sessionStorage).filter(isOthers).forEach((key) => sessionStorage.removeItem(key));
}

/** The forms that lost their page because another form of it was sent. */
function leftBeside() {
  const keys = read(BESIDE);
  if (!keys) return [];
  sessionStorage.removeItem(BESIDE);
  return ledHere() ? keys : [];
}

function noteOthers({ target, defaultPrevented }) {
  if (defaultPrevented || target.method !== "post" || "forget" in target.dataset) return;
  writeAll();
  const others = [...touched.keys()].filter((form) => form !== target && form.isConnected);
  write(BESIDE, others.map(placeOf));
}

function writeAll() {
  touched.forEach((timer, form) => {
    if (timer) keep(form);
  });
}

function keep(form) {
  clearTimeout(touched.get(form));
  touched.set(form, 0);
  write(placeOf(form), typed(form));
}

/**
 * A form was accepted when the page its submit led to is neither an error page nor the same form
 * with refusals. A page reached by "back", by reloading or by typing its address (as after a lost
 * connection) proves nothing, and what was typed stays.
 */
function forgetAccepted(forms) {
  const sent = read(SENT);
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  const again = forms.find((form) => placeOf(form) === sent);
  const refused = document.querySelector("[data-failed]") || again?.querySelector("[aria-invalid]");
  if (ledHere() && !refused) sessionStorage.removeItem(sent);
}

/** Whether a link or a form of ours led to this page. */
export function ledHere() {
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.type === "navigate" && document.referrer.startsWith(location.origin);
}

function forgetAll() {
  touched.forEach((timer) => clearTimeout(timer));
  touched.clear();
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) || key === SENT || key === BESIDE) sessionStorage.removeItem(key);
  }
  forgetUnsaved();
}

function watch(form) {
  watched.add(form);
  const key = placeOf(form);
  const kept = read(key);
  if (kept && differs(form, kept)) {
    if (back.includes(key)) {
      restore(form, kept);
      touched.set(form, 0);
    } else offer(form, key, kept);
  }
  form.addEventListener("input", () => {
    clearTimeout(touched.get(form));
    touched.set(form, setTimeout(() => keep(form), 300));
  });
  form.addEventListener("submit", () => {
    keep(form);
    write(SENT, key);
  });
}

function controls(place) {
  const elements = place.elements ?? place.querySelectorAll("input, select, textarea");
  return [...elements].filter((e) => e.name && "value" in e && e.type !== "button" && !e.matches(NEVER));
}

/** What stands in a form or a part of one, but for what is never kept: [name, value, ticked] each. */
export function typed(place) {
  return controls(place).map((e) => [e.name, e.value, isTick(e) ? e.checked : null]);
}

function isTick(element) {
  return element.type === "checkbox" || element.type === "radio";
}

function each(form, kept, act) {
  const left = [...kept];
  for (const element of controls(form)) {
    const at = left.findIndex(
      ([name, value, ticked]) => name === element.name && (ticked === null || value === element.value),
    );
    if (at >= 0) act(element, left.splice(at, 1)[0]);
  }
}

function differs(form, kept) {
  let different = false;
  each(form, kept, (element, [, value, ticked]) => {
    if (ticked === null ? value && value !== element.value : ticked !== element.checked) different = true;
  });
  return different;
}

/** Puts what typed() gave back into its place. */
export function restore(form, kept) {
  each(form, kept, (element, [, value, ticked]) => {
    if (ticked === null) element.value = value;
    else element.checked = ticked;
  });
}

function offer(form, key, kept) {
  const words = document.getElementById("kept-words");
  if (!words) return;
  const strip = words.content.firstElementChild.cloneNode(true);
  const [wanted, drop] = strip.querySelectorAll("button");
  wanted.addEventListener("click", () => {
    restore(form, kept);
    touched.set(form, 0);
    strip.remove();
    form.querySelector(".input, input")?.focus();
  });
  drop.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    strip.remove();
  });
  form.prepend(strip);
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only loses the comfort, not the form.
  }
}
