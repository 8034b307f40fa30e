/* The open grid of an entrance: doors open and answers are kept in the page itself, network or not. */
import { guardLeaving, sayNet, sendWaiting, waitingOf } from "./arriving.js";
import { openStore } from "./store.js";
import { Sender } from "./sync.js";

const walk = document.querySelector("[data-walk]");
const form = walk?.querySelector("[data-answer]");
const arriving = document.querySelector("[data-arriving]");
if ("indexedDB" in globalThis && crypto.randomUUID) {
  if (form) begin(walk).catch(() => console.info("doors: plain page"));
  if (arriving) sendWaiting(arriving).catch(() => console.info("doors: nothing is kept here"));
}

async function begin(walk) {
  const { url, owner, turf } = walk.dataset;
  const store = await openStore(owner);
  navigator.storage?.persist?.();
  const token = form.querySelector("[name=csrf_token]").value;
  // The server knew these when it drew the page: what became of them since is in its own cells.
  const known = (await store.all()).filter((one) => one.state === "accepted").map((one) => one.id);
  const page = new Page(walk, store, new Set(known));
  const sender = new Sender({ store, url, owner, token, changed: () => page.show(sender) });
  page.use(sender, turf ? Number(turf) : null);
  await page.show(sender);
  walk.dataset.ready = "yes";
  sender.start();
}

class Page {
  constructor(walk, store, known) {
    this.walk = walk;
    this.store = store;
    this.known = known;
    this.words = walk.dataset;
    this.cells = [...walk.querySelectorAll("[data-door]")];
    this.grid = walk.querySelector("[data-grid]");
    this.bar = this.grid.nextElementSibling;
    this.go = walk.querySelector("[data-go]");
    this.count = walk.querySelector("[data-count]");
    this.title = walk.querySelector("h1");
    this.entrance = this.title.textContent;
    this.back = this.go.getAttribute("href");
    this.open = null;
  }

  use(sender, turf) {
    this.sender = sender;
    this.turf = turf;
    this.grid.addEventListener("click", (event) => this.pick(event, event.target.closest("[data-door]")));
    this.go.addEventListener("click", (event) => this.pick(event, this.next()));
    this.walk.querySelector(".walk-back").addEventListener("click", (event) => {
      if (this.open) this.leave_door(event);
    });
    form.addEventListener("submit", (event) => this.save(event));
    addEventListener("popstate", () => this.open && this.close());
    guardLeaving(this.store, sender, this.words);
  }

  pick(event, cell) {
    if (!cell || event.metaKey || event.ctrlKey || event.button > 0) return;
    event.preventDefault();
    history.pushState({ door: cell.dataset.door }, "");
    this.show_door(cell);
  }

  show_door(cell) {
    this.open = cell;
    form.reset();
    const known = cell.querySelector("template");
    const card = form.querySelector("[data-residents]");
    card.replaceChildren(...(known ? [known.content.cloneNode(true)] : []));
    card.hidden = !known;
    const name = cell.dataset.name;
    this.title.textContent = `${this.entrance} · ${name}`;
    const after = this.next(cell);
    form.querySelector("[data-save]").textContent = after
      ? fill(this.words.saveNext, { door: after.dataset.name })
      : this.words.save;
    this.grid.hidden = this.bar.hidden = true;
    form.hidden = false;
    scrollTo(0, 0);
    this.title.tabIndex = -1;
    this.title.focus({ preventScroll: true });
  }

  /** Goes back over the entry that opening the door made, or the phone's own way back is longer with each door. */
  leave_door(event) {
    event?.preventDefault();
    if (history.state?.door) history.back();
    else this.close();
  }

  close() {
    const cell = this.open;
    this.open = null;
    form.hidden = true;
    this.grid.hidden = this.bar.hidden = false;
    this.title.textContent = this.entrance;
    cell.focus();
  }

  async save(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.saving) return;
    this.saving = true;
    const cell = this.open;
    try {
      await this.store.add({ ...this.answer(), id: crypto.randomUUID(), door: Number(cell.dataset.door), turf: this.turf, at: Date.now(), kind: "visit" });
    } catch {
      alert(this.words.notKept);
      return;
    } finally {
      this.saving = false;
    }
    // These sums are the server's, from before this answer.
    this.bar.querySelector(".walk-sums span").hidden = true;
    await this.show(this.sender);
    this.sender.push();
    if (this.open !== cell) return;
    const after = this.next(cell);
    if (after) this.show_door(after);
    else this.leave_door();
  }

  answer() {
    const data = new FormData(form);
    const support = data.get("support");
    const outcome = form.querySelector("[name=outcome]:checked");
    const chosen = [...form.querySelectorAll("[name=marks]:checked")];
    const agreed = data.get("agreed") === "1";
    const level = form.querySelector("[name=support]:checked");
    const shown = chosen.find((mark) => mark.dataset.word) ?? (agreed && level) ?? outcome;
    const seen = shown || outcome;
    return {
      outcome: outcome.value,
      support: support === null ? null : Number(support),
      agreed,
      marks: chosen.map((mark) => mark.value),
      look: seen.dataset.look,
      word: seen.dataset.word,
    };
  }

  /** The next door nobody was at: after this one, then from the start. */
  next(after = null) {
    const free = (cell) => !cell.dataset.visited && !cell.dataset.flagged && cell !== after;
    const place = after ? this.inOrder().indexOf(after) : -1;
    const order = this.inOrder();
    return order.slice(place + 1).find(free) ?? order.find(free) ?? null;
  }

  /** Rows stand as a house does, the top floor first; one walks from the ground. */
  inOrder() {
    return [...this.grid.querySelectorAll(".grid-row")].reverse().flatMap((row) => [...row.querySelectorAll("[data-door]")]);
  }

  async show(sender) {
    const answers = await this.store.all();
    const newer = answers.filter((one) => one.state !== "accepted" || !this.known.has(one.id));
    const latest = new Map(newer.map((one) => [String(one.door), one]));
    for (const cell of this.cells) this.dress(cell, latest.get(cell.dataset.door));
    const next = this.next();
    for (const cell of this.cells) cell.classList.toggle("cell-next", cell === next);
    this.go.textContent = next ? fill(this.words.next, { door: next.dataset.name }) : this.words.done;
    this.go.href = next ? next.href : this.back;
    const done = this.cells.filter((cell) => cell.dataset.visited).length;
    this.count.textContent = fill(this.words.visited, { n: done, of: this.cells.length });
    this.bar.querySelector("progress").value = done;
    sayNet(this.walk.querySelector("[data-net]"), this.words, sender.net, waitingOf(answers));
  }

  dress(cell, answer) {
    if (!answer) return;
    cell.className = `cell cell-${answer.look}`;
    cell.dataset.visited = "1";
    cell.querySelector(".cell-word").textContent = answer.word;
    const state = cell.querySelector(".cell-state");
    state.textContent = answer.state === "aside" ? this.words.lookAt : this.words[answer.state];
    state.hidden = false;
    cell.dataset.state = answer.state;
  }
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
