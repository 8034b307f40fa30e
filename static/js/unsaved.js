/*
 * Answers that the portal has not taken yet, in localStorage: closing the tab must not lose them.
 * They are kept for each person and page apart, for two weeks at most, and until signing out.
 */
const PREFIX = "unsaved:";
const SENT = "sent-answers";
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

export class Unsaved {
  constructor(place) {
    this.place = PREFIX + place;
    forgetUnsaved((one) => Date.now() - one.at > KEPT_MS);
  }

  all() {
    return read(this.place);
  }

  put(key, answer) {
    write(this.place, { ...this.all(), [key]: { ...answer, at: Date.now() } });
  }

  drop(key) {
    const { [key]: _, ...rest } = this.all();
    write(this.place, rest);
  }

  /** The address of another row of the same list that was begun here and that the portal has not. */
  begunElsewhere() {
    if (Object.keys(this.all()).length) return undefined;
    const list = this.place.slice(0, this.place.lastIndexOf("/") + 1);
    const begun = places().find((place) => {
      const isOfTheList = place.startsWith(list) && place !== this.place;
      return isOfTheList && Object.values(read(place)).some((one) => one.isNew);
    });
    return begun?.slice(begun.indexOf("/"));
  }

  /** From now on the portal has the row: what is still kept of it is found on its card. */
  noteBegun() {
    write(this.place, Object.fromEntries(Object.entries(this.all()).map(([key, one]) => [key, { ...one, isNew: false }])));
  }

  noteSent() {
    try {
      sessionStorage.setItem(SENT, this.place);
    } catch {
      // Then what was sent is compared when its page is opened again.
    }
  }
}

/** What was sent as a form was taken when it led to another page than its own or one of errors. */
export function forgetTaken(here) {
  try {
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && sent !== PREFIX + here && !document.querySelector("[data-failed]")) write(sent, {});
  } catch {
    // Where nothing may be stored nothing is to be forgotten.
  }
}

/** Forgets what was typed on the page of an address. */
export function forgetPage(owner, pathname) {
  write(`${PREFIX}${owner}:${pathname}`, {});
}

/** Forgets everything, or what is to be forgotten. */
export function forgetUnsaved(isOver = () => true) {
  for (const place of places()) {
    write(place, Object.fromEntries(Object.entries(read(place)).filter(([, one]) => !isOver(one))));
  }
}

function places() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

function write(place, answers) {
  try {
    if (Object.keys(answers).length) localStorage.setItem(place, JSON.stringify(answers));
    else localStorage.removeItem(place);
  } catch {
    // A full or forbidden storage only loses the comfort, not the field.
  }
}
