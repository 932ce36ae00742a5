/** Things that tests need. */
import type { Entry, Outcome, Session } from "../src/protocol";
import { createStore, type Store } from "../src/storage";

export function visitor(id: string, text = `text of ${id}`): Entry {
  return { id, from: "visitor", time: 1000, text };
}

export function bot(id: string, outcome: Outcome = { kind: "answer", topic: "x" }): Entry {
  return { id, from: "bot", time: 2000, text: `text of ${id}`, outcome };
}

export function session(entries: Entry[], more: Partial<Session> = {}): Session {
  return { token: "t", entries, waiting: [], form: false, ...more };
}

/** A store in memory: storage that is denied. */
export function memoryStore(): Store {
  return createStore("", () => {
    throw new DOMException("denied", "SecurityError");
  });
}

/** Let everything that was promised happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
