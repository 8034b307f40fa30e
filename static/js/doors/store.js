/*
 * What is kept on the phone: answers until the server is sure of them, and the device's own numbers.
 * An answer and its number are written in one transaction, so that no number is used twice or lost.
 */
const NAME = "mandat-doors";
const VERSION = 1;
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

export async function openStore(owner) {
  let db = await opened();
  const meta = `${owner}`;

  async function run(mode, work) {
    try {
      return await once(mode, work);
    } catch {
      // Phones close the store of a page in the background, or clear it: a new connection then works.
      db = await opened();
      return once(mode, work);
    }
  }

  function once(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(["answers", "devices"], mode, { durability: "strict" });
      const result = {};
      transaction.oncomplete = () => resolve(result.value);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      work(transaction.objectStore("answers"), transaction.objectStore("devices"), result);
    });
  }

  return {
    /** Keeps an answer under the next number of this device; resolves when it is on the disk. */
    add(answer) {
      return run("readwrite", (answers, devices, result) => {
        devices.get(meta).onsuccess = ({ target }) => {
          const device = target.result ?? { owner: meta, device: crypto.randomUUID(), last: 0, epoch: "" };
          device.last += 1;
          devices.put(device);
          result.value = { ...answer, owner: meta, seq: device.last, state: "saved", keptAt: Date.now() };
          answers.put(result.value);
        };
      });
    },
    device() {
      return run("readonly", (_, devices, result) => {
        devices.get(meta).onsuccess = ({ target }) => (result.value = target.result);
      });
    },
    all() {
      return run("readonly", (answers, _, result) => {
        answers.index("owner").getAll(meta).onsuccess = ({ target }) => {
          result.value = target.result.sort((a, b) => a.seq - b.seq);
        };
      });
    },
    mark(ids, state, reasons = {}) {
      return run("readwrite", (answers) => {
        for (const id of ids) {
          answers.get(id).onsuccess = ({ target }) => {
            const found = target.result;
            if (found) answers.put({ ...found, state, reason: reasons[id] ?? "" });
          };
        }
      });
    },
    /** After a restore the server may know less than before: everything still here is sent again. */
    follow({ epoch, durable, missing }) {
      return run("readwrite", (answers, devices) => {
        devices.get(meta).onsuccess = ({ target }) => {
          const device = target.result;
          if (!device) return;
          const reborn = device.epoch && device.epoch !== epoch;
          devices.put({ ...device, epoch });
          answers.index("owner").openCursor(meta).onsuccess = ({ target: { result: cursor } }) => {
            if (!cursor) return;
            const { state, seq, keptAt } = cursor.value;
            const arrived = state === "accepted" || state === "aside";
            if ((arrived && reborn) || (state === "accepted" && missing.includes(seq))) {
              cursor.update({ ...cursor.value, state: "saved" });
            } else if ((state === "accepted" && seq <= durable) || (arrived && Date.now() - keptAt > KEPT_MS)) {
              cursor.delete();
            }
            cursor.continue();
          };
        };
      });
    },
  };
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("answers", { keyPath: "id" }).createIndex("owner", "owner");
      request.result.createObjectStore("devices", { keyPath: "owner" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
