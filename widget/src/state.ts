/** The conversation as a visitor sees it. A pure function of what happened, in whatever order. */
import type { Entries, Entry, FormState, Outcome, Session } from "./protocol";

/** An entry on the screen. */
export interface Shown extends Entry {
  /** Of the visitor's own: not acknowledged yet, stored by the server, or not taken. */
  state?: "waiting" | "taken" | "refused";
  /** It came while somebody was looking: an emergency is then said at once. */
  isLive?: boolean;
}

export interface State {
  entries: readonly Shown[];
  /** The ids of messages that are being answered. */
  answering: readonly string[];
  /** The consultation form is open on the server. */
  hasForm: boolean;
  /** What was last said about it; null until it was asked for. */
  form: FormState | null;
  /** The panel is open, so what comes is seen. */
  isOpen: boolean;
  /** The last entry of the bot that was seen. */
  seen: string;
}

export type Event =
  | { type: "session"; session: Session }
  | ({ type: "entries" } & Entries)
  | { type: "sending"; id: string; text: string; time: number }
  | { type: "taken" | "refused" | "resending" | "dropped"; id: string }
  | { type: "opened" | "closed" | "restarted" };

export const EMPTY: State = {
  entries: [],
  answering: [],
  hasForm: false,
  form: null,
  isOpen: false,
  seen: "",
};

/** Return the form's state that a reply carries. */
export function formOf(outcome: Outcome | undefined): FormState | undefined {
  return outcome?.form ?? outcome?.parts?.map(formOf).find(Boolean);
}

/** Return how many replies were not seen yet. */
export function unread(state: State): number {
  const replies = state.entries.filter((entry) => entry.from === "bot");
  return replies.length - 1 - replies.findIndex((entry) => entry.id === state.seen);
}

/** Say whether the assistant is about to say something. */
export function isAnswering(state: State): boolean {
  return state.answering.length > 0;
}

export function reduce(state: State, event: Event): State {
  const next = step(state, event);
  return next.isOpen ? { ...next, seen: lastReply(next.entries) || next.seen } : next;
}

function step(state: State, event: Event): State {
  switch (event.type) {
    case "session":
      return withSession(state, event.session);
    case "entries":
      return withEntries(state, event);
    case "sending":
      if (state.entries.some(({ id }) => id === event.id)) return state;
      return {
        ...state,
        entries: [
          ...state.entries,
          { id: event.id, from: "visitor", text: event.text, time: event.time, state: "waiting" },
        ],
      };
    case "taken": {
      // The reply may have been faster than the acknowledgement.
      const own = state.entries.find(({ id }) => id === event.id);
      if (!own?.state) return state;
      return {
        ...marked(state, event.id, "taken"),
        answering: [...without(state.answering, event.id), event.id],
      };
    }
    case "refused":
      return marked(state, event.id, "refused");
    case "resending":
      return marked(state, event.id, "waiting");
    case "dropped":
      return { ...state, entries: state.entries.filter(({ id }) => id !== event.id) };
    case "opened":
      return { ...state, isOpen: true };
    case "closed":
      return { ...state, isOpen: false };
    case "restarted":
      return { ...EMPTY, isOpen: state.isOpen };
  }
}

/** Merge the whole conversation as the server has it with what is on the screen. */
function withSession(state: State, session: Session): State {
  const waiting = list<string>(session.waiting);
  const known = new Set(list<Entry>(session.entries).map((entry) => entry?.id));
  // Stored, not in the history and not being answered: it isn't kept (the form's turns aren't), or
  // belongs to a conversation that is gone.
  const entries: Shown[] = state.entries
    .filter(({ id, state: own }) => own !== "taken" || known.has(id) || waiting.includes(id))
    .map((entry) =>
      known.has(entry.id)
        ? { ...entry, state: undefined }
        : entry.state && waiting.includes(entry.id)
          ? { ...entry, state: "taken" as const }
          : entry,
    );
  let place = 0;
  for (const entry of list<Entry>(session.entries)) {
    const at = entries.findIndex(({ id }) => id === entry?.id);
    if (at >= 0) place = at + 1;
    else if (isEntry(entry)) entries.splice(place++, 0, entry);
  }
  return {
    ...state,
    entries,
    answering: waiting,
    hasForm: session.form === true,
    form: session.form ? state.form : null,
  };
}

function withEntries(state: State, { to, entries: came, filled, form }: Entries): State {
  let next = state;
  for (const entry of list<Entry>(came).filter(isEntry)) {
    const isForm = filled && form && entry.outcome?.kind !== "emergency";
    next = withForm(isForm ? next : withEntry(next, to, entry), form, entry.outcome);
    next = {
      ...next,
      answering:
        entry.from === "visitor"
          ? [...without(next.answering, to), to]
          : without(next.answering, to),
    };
  }
  return next;
}

/** Put an entry where the server's history will have it: a reply below its question. */
function withEntry(state: State, to: string, entry: Entry): State {
  const isReply = entry.from === "bot";
  const entries = state.entries.map((one) => (one.id === to ? { ...one, state: undefined } : one));
  if (entries.some(({ id }) => id === entry.id)) return { ...state, entries };
  const question = isReply ? entries.findIndex(({ id }) => id === to) : -1;
  let place = question + 1;
  while (question >= 0 && entries[place]?.from === "bot") place++;
  entries.splice(question < 0 ? entries.length : place, 0, { ...entry, isLive: true });
  return { ...state, entries };
}

function withForm(state: State, hasForm: boolean | undefined, outcome: Outcome | undefined): State {
  if (hasForm === undefined) return state;
  return { ...state, hasForm, form: hasForm ? (formOf(outcome) ?? state.form) : null };
}

function marked(state: State, id: string, mark: Shown["state"]): State {
  return {
    ...state,
    entries: state.entries.map((entry) =>
      entry.id === id && entry.state ? { ...entry, state: mark } : entry,
    ),
  };
}

function lastReply(entries: readonly Shown[]): string {
  return entries.filter((entry) => entry.from === "bot").pop()?.id ?? "";
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((other) => other !== id);
}

/** What comes over a network may be anything. */
function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

function isEntry(entry: Entry): boolean {
  return (
    typeof entry?.id === "string" &&
    typeof entry.text === "string" &&
    typeof entry.time === "number" &&
    (entry.from === "bot" || entry.from === "visitor")
  );
}
