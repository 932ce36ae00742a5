import { describe, expect, it } from "vitest";
import type { Entry } from "../src/protocol";
import { EMPTY, reduce, unread, type Event, type State } from "../src/state";
import { bot, session, visitor } from "./some";

const after = (...events: Event[]): State => events.reduce(reduce, EMPTY);
const ids = (state: State): string[] => state.entries.map(({ id }) => id);
const sending = (id: string): Event => ({ type: "sending", id, text: `text of ${id}`, time: 1 });
const came = (to: string, ...entries: Entry[]): Event => ({ type: "entries", to, entries });

describe("what comes twice or broken", () => {
  it("shows an entry once, live and from the history", () => {
    const state = after(
      came("m1", bot("m1.0")),
      came("m1", bot("m1.0")),
      { type: "session", session: session([visitor("m1"), bot("m1.0")]) },
    );
    expect(ids(state)).toEqual(["m1", "m1.0"]);
  });

  it("sends and shows a message of one id once", () => {
    expect(ids(after(sending("m1"), sending("m1")))).toEqual(["m1"]);
  });

  it("leaves out what isn't an entry", () => {
    const broken = [null, 7, {}, { ...bot("a"), text: { html: "<b>" } }, { ...bot("b"), from: "root" }];
    const state = after(
      came("m1", ...(broken as unknown as Entry[])),
      { type: "session", session: session(broken as unknown as Entry[]) },
      { type: "session", session: { token: "t" } as never },
      { type: "entries", to: "x" } as never,
    );
    expect(ids(state)).toEqual([]);
  });
});

describe("order", () => {
  it("puts a reply below its question, as the history will", () => {
    const live = after(sending("m1"), sending("m2"), came("m1", bot("m1.0"), bot("m1.1")), came("m2", bot("m2.0")));
    const history = [visitor("m1"), bot("m1.0"), bot("m1.1"), visitor("m2"), bot("m2.0")];
    expect(ids(live)).toEqual(history.map(({ id }) => id));
    expect(ids(reduce(live, { type: "session", session: session(history) }))).toEqual(ids(live));
  });

  it("puts what another tab said in between where the history has it", () => {
    const state = after(came("m1", visitor("m1")), came("m3", visitor("m3")), {
      type: "session",
      session: session([visitor("m1"), bot("m1.0"), visitor("m2"), visitor("m3")]),
    });
    expect(ids(state)).toEqual(["m1", "m1.0", "m2", "m3"]);
  });

  it("keeps what waits to be sent below the history", () => {
    const state = after(sending("new"), { type: "session", session: session([visitor("m1"), bot("m1.0")]) });
    expect(ids(state)).toEqual(["m1", "m1.0", "new"]);
    expect(state.entries[2]?.state).toBe("waiting");
  });

  it("keeps the words of the form's turns, which the history leaves out, for as long as the page lives", () => {
    const state = after(sending("m1"), came("m1", bot("m1.0")), sending("name"), came("name", bot("name.0")), {
      type: "session",
      session: session([visitor("m1"), bot("m1.0"), bot("name.0")]),
    });
    expect(ids(state)).toEqual(["m1", "m1.0", "name", "name.0"]);
  });
});

describe("what became of a message", () => {
  it("is being answered from the acknowledgement to the reply", () => {
    const taken = after(sending("m1"), { type: "taken", id: "m1" });
    expect(taken.answering).toEqual(["m1"]);
    expect(reduce(taken, came("m1", bot("m1.0"))).answering).toEqual([]);
  });

  it("isn't being answered when the reply was faster than the acknowledgement", () => {
    const state = after(sending("m1"), came("m1", bot("m1.0")), { type: "taken", id: "m1" });
    expect(state.answering).toEqual([]);
    expect(state.entries[0]?.state).toBeUndefined();
  });

  it("can be sent again after a refusal", () => {
    const refused = after(sending("m1"), { type: "refused", id: "m1" });
    expect(refused.entries[0]?.state).toBe("refused");
    expect(reduce(refused, { type: "resending", id: "m1" }).entries[0]?.state).toBe("waiting");
  });

  it("disappears when it can't be sent at all", () => {
    expect(ids(after(sending("m1"), { type: "dropped", id: "m1" }))).toEqual([]);
  });

  it("is forgotten when it was stored and the server doesn't know it any more", () => {
    const stored = after(sending("m1"), { type: "taken", id: "m1" });
    expect(ids(reduce(stored, { type: "session", session: session([]) }))).toEqual([]);
    const waiting = session([], { waiting: ["m1"] });
    expect(ids(reduce(stored, { type: "session", session: waiting }))).toEqual(["m1"]);
  });

  it("is known to be stored when the acknowledgement was lost", () => {
    const state = after(sending("m1"), { type: "session", session: session([], { waiting: ["m1"] }) });
    expect(state.entries[0]?.state).toBe("taken");
    expect(state.answering).toEqual(["m1"]);
  });
});

describe("a second tab", () => {
  it("shows the message and waits for the reply", () => {
    const state = after(came("m1", visitor("m1")));
    expect(ids(state)).toEqual(["m1"]);
    expect(state.answering).toEqual(["m1"]);
  });

  it("begins anew with the other", () => {
    const state = after({ type: "opened" }, came("m1", bot("m1.0")), { type: "restarted" });
    expect(ids(state)).toEqual([]);
    expect(state.isOpen).toBe(true);
  });
});

describe("the consultation form", () => {
  const form = { step: "place", values: {}, errors: {}, complete: false };
  const filled = (entry: Entry, isOpen = true): Event => ({
    type: "entries",
    to: "f",
    entries: [entry],
    filled: true,
    form: isOpen,
  });

  it("opens with the reply that carries it, a part of one as well", () => {
    const part = bot("m1.0", { kind: "handoff", parts: [{ kind: "form", form }] });
    expect(after({ type: "entries", to: "m1", entries: [part], form: true })).toMatchObject({ hasForm: true, form });
  });

  it("shows a reply to fields in the form and not as a message", () => {
    const state = after(filled(bot("f.0", { kind: "form", form })));
    expect(ids(state)).toEqual([]);
    expect(state.form).toEqual(form);
  });

  it("ends with the message that closes it, whatever that is about", () => {
    const said = bot("g.0", { kind: "handoff", topic: "declined" });
    const state = after(filled(bot("f.0", { kind: "form", form })), filled(said, false));
    expect(ids(state)).toEqual(["g.0"]);
    expect(state).toMatchObject({ hasForm: false, form: null });
  });

  it("stays as it is when another tab's message comes", () => {
    const echo: Event = { type: "entries", to: "m2", entries: [visitor("m2")] };
    const state = after(filled(bot("f.0", { kind: "form", form })), echo);
    expect(state).toMatchObject({ hasForm: true, form });
  });

  it("never hides an emergency", () => {
    expect(ids(after(filled(bot("f.0", { kind: "emergency" }))))).toEqual(["f.0"]);
  });
});

describe("what was seen", () => {
  const history: Event = { type: "session", session: session([bot("a"), bot("b"), bot("c")]) };

  it("counts the replies after the last that was seen", () => {
    expect(unread(after(history))).toBe(3);
    expect(unread(reduce({ ...EMPTY, seen: "b" }, history))).toBe(1);
  });

  it("is everything while the chat is open, and stays so", () => {
    const closed = after({ type: "opened" }, history, { type: "closed" });
    expect(unread(closed)).toBe(0);
    expect(unread(reduce(closed, came("m", bot("d"))))).toBe(1);
  });

  it("isn't forgotten by opening before the history came", () => {
    expect(reduce({ ...EMPTY, seen: "b" }, { type: "opened" }).seen).toBe("b");
  });
});
