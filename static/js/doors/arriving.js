/* What pages of the doors say about answers that are on their way, and who may not leave before. */
import { openStore } from "./store.js";
import { Sender } from "./sync.js";

/** Says in words how the network is and how many answers wait. */
export function sayNet(place, words, net, waiting) {
  const said = {
    offline: words.offline,
    busy: words.offline,
    sending: words.sending,
    "sign-in": words.signIn,
    idle: waiting ? words.sending : words.all,
  }[net];
  const text = waiting ? `${said} · ${counted(words, waiting)}` : said;
  if (place.textContent !== text) place.textContent = text;
  place.hidden = false;
  place.dataset.waiting = waiting;
  place.dataset.state = net;
}

function counted(words, n) {
  const rule = new Intl.PluralRules(document.documentElement.lang).select(n);
  const found = { one: words.waitingOne, few: words.waitingFew }[rule] ?? words.waiting;
  // The server gives one example of each form of the language; the number in it is replaced.
  return found.replace(/\d+/, n);
}

export function waitingOf(answers) {
  return answers.filter((one) => one.state === "saved" || one.state === "sent").length;
}

/** Signing out with answers on the phone only: they are sent first, or one stays signed in. */
export function guardLeaving(store, sender, words) {
  for (const leaving of document.querySelectorAll("form[data-forget]")) {
    // Before the guard against double presses, which would hold the form for a while.
    leaving.addEventListener("submit", (event) => leave(event, leaving), { capture: true });
  }

  function leave(event, leaving) {
    if (leaving.dataset.empty) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sender.push().then(async () => {
      const left = waitingOf(await store.all());
      if (left) {
        alert(words.leave.replace("{n}", left));
        return;
      }
      leaving.dataset.empty = "yes";
      leaving.requestSubmit();
    });
  }
}

/** A page without doors sends what waits too: the grid it was noted in may be somebody else's now. */
export async function sendWaiting(place) {
  const { url, owner } = place.dataset;
  const store = await openStore(owner);
  if (!waitingOf(await store.all())) return;
  const token = document.querySelector("[name=csrf_token]")?.value ?? "";
  const show = async () => sayNet(place, place.dataset, sender.net, waitingOf(await store.all()));
  const sender = new Sender({ store, url, owner, token, changed: show });
  guardLeaving(store, sender, place.dataset);
  await show();
  sender.start();
}
