/**
 * Messages on their way. Each has an id of its own and goes out, in order, until the server says it
 * is stored; the server handles an id once, so that sending again never asks twice. They are kept
 * for the tab, so that a reload loses nothing.
 */
import type { Taken } from "./protocol";
import type { Store } from "./storage";

export interface Item {
  id: string;
  text: string;
  /** What the visitor sees of it, where that isn't the text: a button's title. */
  shown?: string;
  time: number;
  language: string;
  /** The server stored it; kept until it is in the history, which has it only when answered. */
  isTaken?: boolean;
  /** The server couldn't take it: it waits for the visitor to send it again. */
  isRefused?: boolean;
}

export interface Queue {
  readonly items: readonly Item[];
  add(item: Item): void;
  /** Send a refused message again. */
  again(id: string): void;
  /** Send what waits; call it whenever the server can be reached. */
  flush(): void;
  /** Forget what was answered or is in the history. */
  settle(isSettled: (item: Item) => boolean): void;
  clear(): void;
}

const NAME = "queue";
const RETRY_MS = 5000;

/**
 * @param send resolves with the server's answer, and rejects when there was none.
 * @param tell hears what became of each message.
 * @param isOnline says whether a failure was the server's slowness and not a lost connection.
 */
export function createQueue(
  store: Store,
  send: (item: Item) => Promise<Taken>,
  tell: (item: Item, taken: Taken) => void,
  isOnline: () => boolean,
): Queue {
  const kept = store.read<Item[]>(NAME);
  let items: Item[] = Array.isArray(kept) ? kept.filter(isItem) : [];
  let isSending = false;
  let isAsked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    if (items.length) store.write(NAME, items);
    else store.remove(NAME);
  }

  function later(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(flush, milliseconds);
  }

  function flush(): void {
    if (isSending) {
      isAsked = true;
      return;
    }
    isSending = true;
    isAsked = false;
    clearTimeout(timer);
    timer = undefined;
    void run().then(() => {
      isSending = false;
      if (isAsked) flush();
    });
  }

  async function run(): Promise<void> {
    let item: Item | undefined;
    while ((item = items.find(({ isTaken, isRefused }) => !isTaken && !isRefused))) {
      let taken: Taken | undefined;
      try {
        taken = await send(item);
      } catch {
        taken = undefined;
      }
      if (typeof taken?.ok !== "boolean") {
        if (isOnline()) later(RETRY_MS);
        return;
      }
      if (!items.includes(item)) continue; // answered or cleared in the meantime
      if (taken.ok) item.isTaken = true;
      else if (taken.code === "too_many") {
        later((taken.retry_after_seconds ?? RETRY_MS / 1000) * 1000);
      } else if (taken.code === "unavailable") item.isRefused = true;
      else items = items.filter((other) => other !== item);
      keep();
      tell(item, taken);
      if (!taken.ok && taken.code === "too_many") return; // the others would be refused as well
    }
  }

  return {
    get items() {
      return items;
    },
    add(item) {
      items = [...items, item];
      keep();
      // What is being sent, or must wait, goes first; this one follows by itself.
      if (!isSending && !timer) flush();
    },
    again(id) {
      for (const item of items) if (item.id === id) item.isRefused = false;
      keep();
      flush();
    },
    flush,
    settle(isSettled) {
      items = items.filter((item) => !isSettled(item));
      keep();
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      items = [];
      keep();
    },
  };
}

function isItem(item: Item): boolean {
  return typeof item?.id === "string" && typeof item.text === "string";
}
