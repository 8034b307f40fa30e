/*
 * htmx sends the answers of the interview as one types; here is what becomes of those that do not
 * arrive. It is said beside the field, they are sent again when the network is back and with
 * growing pauses, and along with leaving the page. Until the portal has them they stay in this
 * browser, but for sealed ones, which are never written down.
 */
import { ledHere, restore, typed } from "./keep.js";
import { forgetPage, forgetTaken, Unsaved } from "./unsaved.js";

const PAUSES_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
const PATIENCE_MS = 30_000;
/** A press waits no longer than this for an answer that is slow. */
const HELD_MS = 4_000;
/** A token that is refused at once again is not what is wrong. */
const RENEW_EVERY_MS = 2_000;
/** What one answer is sent with: its text, “I don’t know”, version, what it was, that it is a table. */
const PARTS = ["a-", "u-", "v-", "w-", "t-"];
const AGAIN = "save-again";

export function saveAnswers() {
  const words = document.getElementById("saving-words");
  if (ledHere()) forgetTaken(words && placeOf(words));
  if (!words) return;
  const saving = new Saving(words.closest("form"), words);
  if (saving.isNew) saving.takeUp();
  // Only then does htmx listen to the fields.
  document.addEventListener("htmx:load", () => saving.putBack(), { once: true });
}

class Saving {
  /** The answers that the portal may not have: the field that sends each. */
  waiting = new Map();
  /** Why those that were tried did not arrive: offline, busy, out or refused. */
  failed = new Map();
  /** What was sent without an answer: the portal may have it or not. */
  unsure = new Map();
  /** The answers that the portal looked at and did not keep, until another one is kept. */
  refused = new Map();
  /** The answers that are on their way. */
  flying = new Set();
  tries = 0;
  renewed = 0;

  constructor(form, words) {
    this.form = form;
    this.words = words;
    this.address = addressOf(form);
    this.kept = new Unsaved(placeOf(words));
    this.isNew = "new" in words.dataset;
    if (this.isNew) addEventListener("submit", ({ target }) => this.giveUp(target), { capture: true });
    for (const name of ["input", "change"]) form.addEventListener(name, ({ target }) => this.touch(target));
    form.addEventListener("htmx:configRequest", ({ detail }) => this.prepare(detail));
    form.addEventListener("htmx:beforeRequest", (event) => this.before(event));
    form.addEventListener("htmx:beforeOnLoad", (event) => this.look(event));
    form.addEventListener("htmx:afterRequest", ({ detail }) => this.after(detail));
    form.addEventListener("submit", (event) => this.hold(event));
    addEventListener("online", () => this.push());
    addEventListener("pagehide", () => this.flush());
    addEventListener("pageshow", ({ persisted }) => persisted && this.comeBack());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.push());
    document.querySelectorAll("form[data-forget]").forEach((leaving) => {
      leaving.addEventListener("submit", () => this.flush(), { capture: true });
    });
  }

  touch(field) {
    const answer = field.closest(".answer");
    if (!answer || !field.matches("[hx-post]")) return;
    // Who types on after a press that had to wait does not want to be taken away any more.
    this.wanted = null;
    this.waiting.set(answer, field);
    this.refused.delete(answer);
    // What was refused is judged anew; what can't be sent stays so until it is sent.
    if (this.failed.get(answer) === "refused") this.hush(answer);
    this.keep(answer);
  }

  keep(answer) {
    if (isSealed(answer)) return;
    const { v, w } = began(answer);
    const tried = this.unsure.get(answer)?.find(([name]) => name.startsWith("a-"))?.[1];
    this.kept.put(keyOf(answer), { typed: typed(answer), v: v.value, w: w?.value, tried, isNew: this.isNew });
  }

  /** What got no answer is sent first, as it was: else one's own text would look like another's. */
  prepare(detail) {
    const answer = detail.elt.closest(".answer");
    detail.timeout = PATIENCE_MS;
    const unsure = this.unsure.get(answer);
    if (!unsure) return;
    for (const name of namesOf(answer)) delete detail.parameters[name];
    for (const [name, value] of unsure) detail.parameters[name] = value;
  }

  before(event) {
    const { elt, requestConfig } = event.detail;
    const answer = elt.closest(".answer");
    if (!navigator.onLine && !this.even) {
      event.preventDefault();
      this.fail(answer, "offline");
      return;
    }
    this.flying.add(answer);
    const sent = requestConfig.formData;
    this.unsure.set(answer, namesOf(answer).filter((name) => sent.has(name)).map((name) => [name, sent.get(name)]));
    if (this.waiting.has(answer)) this.keep(answer);
  }

  look(event) {
    const { xhr, elt, requestConfig } = event.detail;
    const why = reason(xhr, requestConfig.path);
    if (!why) return;
    event.preventDefault();
    const answer = elt.closest(".answer");
    if (why !== "busy") this.unsure.delete(answer);
    this.fail(answer, why);
  }

  after({ xhr, elt, requestConfig }) {
    const answer = elt.closest(".answer");
    this.flying.delete(answer);
    if (xhr.status === 0) this.fail(answer, "offline");
    else if (!reason(xhr, requestConfig.path)) this.take(answer);
  }

  /** The portal has answered: it has the text, or says beside the field why it has not. */
  take(answer) {
    const sent = this.unsure.get(answer) ?? [];
    this.unsure.delete(answer);
    this.hush(answer);
    this.tries = 0;
    if (JSON.stringify(textIn(sent)) !== JSON.stringify(textIn(this.now(answer)))) {
      if (!this.waiting.has(answer)) return;
      this.keep(answer);
      this.again(answer);
    } else {
      const field = this.waiting.get(answer);
      this.waiting.delete(answer);
      if (answer.querySelector("[data-saved]")) {
        this.kept.drop(keyOf(answer));
        if (this.isNew) this.kept.noteBegun();
        this.isNew = false;
        this.tryRefused();
      } else if (field && !answer.querySelector("[role=alert]")) this.refused.set(answer, field);
    }
    this.push();
    this.go();
  }

  /** A row is not begun with what is wrong: once it is there, that is kept in it too. */
  tryRefused() {
    for (const [answer, field] of this.refused) {
      this.waiting.set(answer, field);
      this.again(answer);
    }
    this.refused.clear();
  }

  async fail(answer, why) {
    if (!this.waiting.has(answer)) this.waiting.set(answer, answer.querySelector("[hx-post]"));
    if (why === "out" && (await this.renew())) return this.again(answer);
    this.say(answer, why);
    if (why === "refused") this.go();
    else this.later();
  }

  later() {
    clearTimeout(this.timer);
    const pause = PAUSES_MS[Math.min(this.tries, PAUSES_MS.length - 1)];
    // Some machines say they are offline when they are not, so that in the end it is tried anyway.
    const even = this.tries >= PAUSES_MS.length;
    this.timer = setTimeout(() => {
      this.tries += 1;
      this.push({ even });
    }, pause);
  }

  async push({ even = false } = {}) {
    const stuck = [...this.failed].filter(([, why]) => why !== "refused").map(([answer]) => answer);
    if (!stuck.length) return;
    if (!navigator.onLine && !even) return this.later();
    if ([...this.failed.values()].includes("out") && !(await this.renew())) return this.later();
    this.even = even;
    stuck.forEach((answer) => this.again(answer));
    this.even = false;
  }

  again(answer) {
    if (!this.flying.has(answer)) this.waiting.get(answer)?.dispatchEvent(new CustomEvent(AGAIN));
  }

  /** Who has signed in again meanwhile has another token; somebody else's is not for these answers. */
  renew() {
    if (Date.now() - this.renewed < RENEW_EVERY_MS) return Promise.resolve(false);
    this.renewing ??= this.token().finally(() => (this.renewing = null));
    return this.renewing;
  }

  async token() {
    try {
      const response = await fetch(this.address, { redirect: "manual" });
      if (response.status !== 200) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector("[name=csrf_token]")?.value;
      const { owner } = page.getElementById("saving-words")?.dataset ?? {};
      if (!token || owner !== this.words.dataset.owner) return false;
      document.querySelectorAll("[name=csrf_token]").forEach((field) => (field.value = token));
      this.renewed = Date.now();
      return true;
    } catch {
      return false;
    }
  }

  say(answer, why) {
    if (this.failed.get(answer) === why) return;
    this.failed.set(answer, why);
    const said = [why];
    if (why !== "refused") said.push(isSealed(answer) ? "sealed" : "kept");
    const words = said.map((name) => this.words.content.querySelector(`[data-word=${name}]`).cloneNode(true));
    answer.querySelector("[data-unsaved]").replaceChildren(...words);
  }

  hush(answer) {
    this.failed.delete(answer);
    answer.querySelector("[data-unsaved]").replaceChildren();
  }

  /** A press waits for the answers before it: offline or signed out it would end on an error page. */
  hold(event) {
    const stuck = this.isStuck();
    const open = this.open();
    if (this.through || (!stuck && !open.length)) {
      this.left = true;
      this.kept.noteSent();
      return;
    }
    event.preventDefault();
    const button = (this.wanted = event.submitter);
    this.tries = 0;
    if (!navigator.onLine) open.forEach((answer) => this.fail(answer, "offline"));
    else if (!stuck) open.forEach((answer) => this.again(answer));
    this.show();
    this.push();
    setTimeout(() => {
      if (this.wanted === button && !this.isStuck()) this.go({ even: true });
    }, HELD_MS);
  }

  go({ even = false } = {}) {
    const button = this.wanted;
    if (!button || (!even && this.open().length)) return;
    this.wanted = null;
    this.through = true;
    if (button.isConnected) this.form.requestSubmit(button);
    this.through = false;
  }

  isStuck() {
    return [...this.failed.values()].some((why) => why === "offline" || why === "out");
  }

  open() {
    return [...this.waiting.keys()].filter((answer) => this.failed.get(answer) !== "refused");
  }

  show() {
    const [answer] = this.failed.keys();
    answer?.querySelector("[data-unsaved]").scrollIntoView({ block: "center" });
  }

  /**
   * Each press of “add” begins a row of another name. What was typed into an earlier one and did
   * not arrive is kept under that one's, and this is where it is looked for.
   */
  async takeUp() {
    const row = this.kept.begunElsewhere();
    if (!row || typed(this.form).some(([, value, ticked]) => ticked ?? value)) return;
    try {
      const { status } = await fetch(row + location.search, { redirect: "manual" });
      // A row that was removed meanwhile takes nothing any more.
      if (status === 404) forgetPage(this.words.dataset.owner, row);
      if (status === 200 && !this.waiting.size) location.replace(row + location.search);
    } catch {
      // Without a network the next press of “add” leads there.
    }
  }

  /** A new row that is not wanted is not to come back. */
  giveUp(form) {
    if (addressOf(form).pathname !== `${this.address.pathname}/remove`) return;
    this.left = true;
    forgetPage(this.words.dataset.owner, this.address.pathname);
  }

  /** Sends along what has no answer yet; the page is going and can't wait for one. */
  flush() {
    if (this.left || !navigator.onLine) return;
    for (const answer of this.open()) {
      const now = this.now(answer);
      const body = new URLSearchParams([["csrf_token", this.form.querySelector("[name=csrf_token]").value], ...now]);
      this.unsure.set(answer, this.unsure.get(answer) ?? now);
      fetch(this.address, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true }).catch(() => {});
    }
  }

  /** The page was put aside and taken up again as it was. */
  comeBack() {
    this.left = false;
    this.waiting.forEach((_, answer) => this.again(answer));
  }

  /** What was typed here and did not arrive is put back and sent with what it began with. */
  putBack() {
    for (const [key, one] of Object.entries(this.kept.all())) {
      const answer = document.getElementById(`state-${key}`)?.closest(".answer");
      if (!answer || isSealed(answer)) {
        this.kept.drop(key);
        continue;
      }
      const { v, w } = began(answer);
      const field = answer.querySelector(`[name="a-${key}"]:not([type=radio], [type=checkbox])`);
      const same = JSON.stringify(typed(answer)) === JSON.stringify(one.typed);
      if (same && (!field || field.value === w?.value)) {
        this.kept.drop(key);
        continue;
      }
      if (w && one.w !== w.value && one.tried !== w.value) [v.value, w.value] = [one.v, one.w];
      restore(answer, one.typed);
      this.waiting.set(answer, answer.querySelector("[hx-post]"));
      this.again(answer);
    }
  }

  now(answer) {
    const names = namesOf(answer);
    return [...new FormData(this.form)].filter(([name]) => names.includes(name));
  }
}

/** The buttons of the form are called "action" too, and would be given in its stead. */
function addressOf(form) {
  return new URL(form.getAttribute("action"), location.href);
}

function placeOf(words) {
  return `${words.dataset.owner}:${addressOf(words.closest("form")).pathname}`;
}

function reason(xhr, path) {
  // A session that is over answers with the way to the sign-in, which the browser follows by itself.
  const asked = new URL(path, location.href).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) return "out";
  if (xhr.status === 401 || xhr.status === 403) return "out";
  if (xhr.status === 429 || xhr.status >= 500) return "busy";
  return xhr.status >= 400 ? "refused" : "";
}

function isSealed(answer) {
  return Boolean(answer.querySelector("[data-sealed]"));
}

function keyOf(answer) {
  return answer.querySelector("[data-state]").id.slice("state-".length);
}

function namesOf(answer) {
  const key = keyOf(answer);
  return PARTS.map((part) => part + key);
}

function began(answer) {
  return { v: answer.querySelector("[name^=v-]"), w: answer.querySelector("[name^=w-]") };
}

function textIn(entries) {
  return entries.filter(([name]) => name.startsWith("a-") || name.startsWith("u-"));
}
