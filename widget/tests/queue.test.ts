import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Taken } from "../src/protocol";
import { createQueue, type Item, type Queue } from "../src/queue";
import type { Store } from "../src/storage";
import { memoryStore, settled } from "./some";

type Answer = Taken | "lost";

let store: Store;
let sent: string[];
let told: [string, Taken][];
let answers: Record<string, Answer[]>;
let isOnline: boolean;

const OK: Taken = { ok: true };
const refusal = (code: "too_long" | "too_many" | "unavailable", seconds?: number): Taken => ({
  ok: false,
  code,
  text: "no",
  retry_after_seconds: seconds,
});
const item = (id: string): Item => ({ id, text: id, time: 1, language: "en" });

function make(): Queue {
  return createQueue(
    store,
    async ({ id }) => {
      if (!isOnline) throw new Error("no connection");
      sent.push(id);
      const answer = answers[id]?.shift() ?? OK;
      if (answer === "lost") throw new Error("no acknowledgement");
      return answer;
    },
    (one, taken) => told.push([one.id, taken]),
    () => isOnline,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  store = memoryStore();
  [sent, told, answers, isOnline] = [[], [], {}, true];
});
afterEach(() => void vi.useRealTimers());

describe("without a connection", () => {
  it("keeps messages and sends each once, in order, on return", async () => {
    isOnline = false;
    const queue = make();
    queue.add(item("a"));
    queue.add(item("b"));
    await settled();
    expect(sent).toEqual([]);
    isOnline = true;
    queue.flush();
    queue.flush();
    await settled();
    queue.flush();
    await settled();
    expect(sent).toEqual(["a", "b"]);
  });

  it("keeps them over a reload, with the same ids", async () => {
    isOnline = false;
    make().add(item("a"));
    await settled();
    isOnline = true;
    const reloaded = make();
    expect(reloaded.items.map(({ id }) => id)).toEqual(["a"]);
    reloaded.flush();
    await settled();
    expect(sent).toEqual(["a"]);
  });
});

describe("without an acknowledgement", () => {
  it("sends the same id again, and nothing else before it", async () => {
    answers = { a: ["lost"] };
    const queue = make();
    queue.add(item("a"));
    queue.add(item("b"));
    await settled();
    expect(sent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual(["a", "a", "b"]);
  });

  it("tells nothing of an answer that came after the message was cleared", async () => {
    const queue = make();
    queue.add(item("a"));
    queue.clear();
    await settled();
    expect(told).toEqual([]);
  });

  it("takes something else than an answer for none", async () => {
    answers = { a: [{} as Taken, { ok: "yes" } as never] };
    make().add(item("a"));
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([["a", OK]]);
  });
});

describe("a message the server doesn't take", () => {
  it("waits as long as the server says, the later ones behind it", async () => {
    answers = { a: [refusal("too_many", 7)] };
    const queue = make();
    queue.add(item("a"));
    queue.add(item("b"));
    await vi.advanceTimersByTimeAsync(6999);
    expect(sent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a", "a", "b"]);
  });

  it("is kept for the visitor to send again when something is down", async () => {
    answers = { a: [refusal("unavailable")] };
    const queue = make();
    queue.add(item("a"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["a"]);
    queue.again("a");
    await settled();
    expect(sent).toEqual(["a", "a"]);
    expect(queue.items[0]?.isTaken).toBe(true);
  });

  it("leaves when it never will be taken", async () => {
    answers = { a: [refusal("too_long")] };
    const queue = make();
    queue.add(item("a"));
    await settled();
    expect(queue.items).toEqual([]);
    expect(told).toEqual([["a", refusal("too_long")]]);
  });
});

it("keeps a stored message until it is answered, without sending it again", async () => {
  const queue = make();
  queue.add(item("a"));
  await settled();
  const reloaded = make();
  reloaded.flush();
  await settled();
  expect(sent).toEqual(["a"]);
  expect(reloaded.items).toHaveLength(1);
  reloaded.settle(({ id }) => id === "a");
  expect(make().items).toEqual([]);
});

it("begins empty when something else is in the storage", () => {
  store.write("queue", { not: "a list" });
  expect(make().items).toEqual([]);
  store.write("queue", [null, { id: 3 }]);
  expect(make().items).toEqual([]);
});
