/*
 * Sends what waits: on saving, when the network is back, on opening and every minute. The server
 * says what became of each answer; until then an answer stays, and is sent again under the same id.
 */
const MOST = 100;
const EVERY_MS = 60_000;
const PATIENCE_MS = 30_000;

export class Sender {
  constructor({ store, url, owner, token, changed }) {
    Object.assign(this, { store, url, owner, token, changed });
    this.net = navigator.onLine ? "idle" : "offline";
    this.running = null;
    this.again = false;
  }

  start() {
    addEventListener("online", () => this.push());
    addEventListener("offline", () => this.say("offline"));
    addEventListener("pageshow", () => this.push());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.push());
    // Some machines say they are offline when they are not, so that once a minute it is tried anyway.
    setInterval(() => this.push({ even: true }), EVERY_MS);
    return this.push();
  }

  /** Sends everything that waits; calls that come meanwhile make it look once more. */
  push({ even = false } = {}) {
    if (!navigator.onLine && !even) {
      this.say("offline");
      return Promise.resolve();
    }
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.once()
      .catch((error) => console.info("doors:", error?.name))
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          this.push();
        }
      });
    return this.running;
  }

  /** Two tabs of one phone take turns; without locks the server tells doubles apart all the same. */
  once() {
    const work = () => this.send();
    return navigator.locks ? navigator.locks.request(`doors ${this.owner}`, work) : work();
  }

  async send() {
    for (;;) {
      const waiting = (await this.store.all()).filter((one) => one.state !== "accepted" && one.state !== "aside");
      if (!waiting.length) return this.say(navigator.onLine ? "idle" : "offline");
      const batch = waiting.slice(0, MOST);
      this.say("sending");
      const answer = await this.post(batch);
      if (!answer) return;
      await this.take(batch, answer);
    }
  }

  async post(batch) {
    const { device } = await this.store.device();
    await this.store.mark(batch.map((one) => one.id), "sent");
    this.changed();
    const body = JSON.stringify({
      device,
      sent_at: Date.now(),
      items: batch.map(({ id, seq, door, turf, kind, at, outcome, support, agreed, marks }) => ({
        id, seq, door, turf, kind, at, outcome, support, agreed, marks,
      })),
    });
    for (const last of [false, true]) {
      const response = await this.fetch({ method: "POST", body });
      if (!response) return this.failed(batch, "offline");
      if (response.status === 200) return response.json();
      if (response.status >= 500 || response.status === 429) return this.failed(batch, "busy");
      // The session may be a new one: the token of the open page then belongs to the old one.
      if (last || !(await this.renew())) return this.failed(batch, "sign-in");
    }
  }

  async failed(batch, why) {
    await this.store.mark(batch.map((one) => one.id), "saved");
    this.say(why);
  }

  async renew() {
    const response = await this.fetch({ method: "GET" });
    if (response?.status !== 200) return false;
    const { owner, token } = await response.json();
    // Somebody else has signed in on this phone: these answers are not theirs to send.
    if (owner !== this.owner) return false;
    this.token = token;
    return true;
  }

  async fetch(options) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS);
      return await fetch(this.url, { ...options, headers, redirect: "manual", credentials: "same-origin", signal });
    } catch {
      return null;
    }
  }

  async take(batch, { verdicts, epoch, durable_seq: durable, missing }) {
    const fine = [];
    const aside = {};
    verdicts.forEach(({ verdict, reason }, index) => {
      const { id } = batch[index];
      if (verdict === "stored" || verdict === "duplicate") fine.push(id);
      else aside[id] = reason;
    });
    await this.store.mark(fine, "accepted");
    await this.store.mark(Object.keys(aside), "aside", aside);
    await this.store.follow({ epoch, durable, missing });
    this.changed();
  }

  say(net) {
    this.net = net;
    this.changed();
  }
}
