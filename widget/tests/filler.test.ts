import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createFiller } from "../src/filler";
import type { Fill, Taken } from "../src/protocol";
import { session, settled } from "./some";

let sent: (Fill & { id: string })[];
let answers: (Taken | "lost")[];
let refused: [string, boolean][];

function make() {
  return createFiller(
    async (fill) => {
      sent.push(fill);
      const answer = answers.shift() ?? { ok: true };
      if (answer === "lost") throw new Error("no acknowledgement");
      return answer;
    },
    (words, isOver) => refused.push([words, isOver]),
    () => false,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers, refused] = [[], [], []];
});
afterEach(() => void vi.useRealTimers());

it("sends the same fields again after the line broke, for a reply of their own", async () => {
  answers = ["lost"];
  const filler = make();
  filler.fill({ values: { place: "Lisbon" } });
  await settled();
  filler.resume(session([], { form: true }));
  await settled();
  expect(sent.map(({ values }) => values)).toEqual([{ place: "Lisbon" }, { place: "Lisbon" }]);
  expect(sent[1]!.id).not.toBe(sent[0]!.id);
});

it("waits for the reply when only the acknowledgement was lost", async () => {
  answers = ["lost"];
  const filler = make();
  filler.fill({ send: true });
  await settled();
  filler.resume(session([], { form: true, waiting: [sent[0]!.id] }));
  await settled();
  expect(sent).toHaveLength(1);
  expect(filler.isReply(sent[0]!.id)).toBe(true);
});

it("never sends a request twice: a form that is closed was sent", async () => {
  answers = ["lost"];
  const filler = make();
  filler.fill({ consent: true, send: true });
  await settled();
  filler.resume(session([], { form: false }));
  await settled();
  expect(sent).toHaveLength(1);
});

it("asks for the form's state when the reply was missed, and only if the form is open", async () => {
  const filler = make();
  filler.fill({ send: true });
  await settled();
  filler.resume(session([], { form: true, waiting: [sent[0]!.id] }));
  await settled();
  expect(sent).toHaveLength(1);
  filler.resume(session([], { form: true }));
  await settled();
  expect(sent[1]).toEqual({ id: expect.not.stringMatching(sent[0]!.id) });
  filler.resume(session([], { form: false }));
  await settled();
  expect(sent).toHaveLength(2);
});

it("waits when it was too fast, and says so", async () => {
  answers = [{ ok: false, code: "too_many", text: "slowly", retry_after_seconds: 3 }];
  make().fill({});
  await settled();
  expect(refused).toEqual([["slowly", false]]);
  await vi.advanceTimersByTimeAsync(3000);
  expect(sent).toHaveLength(2);
});

it("gives up what can't be taken", async () => {
  answers = [{ ok: false, code: "unavailable", text: "down" }];
  const filler = make();
  filler.fill({});
  await settled();
  expect(refused).toEqual([["down", true]]);
  expect(filler.isReply(sent[0]!.id)).toBe(false);
});

it("knows its reply once", async () => {
  const filler = make();
  filler.fill({});
  await settled();
  expect(filler.isReply("another tab's")).toBe(false);
  expect(filler.isReply(sent[0]!.id)).toBe(true);
  expect(filler.isReply(sent[0]!.id)).toBe(false);
});
