/** Puts the parts together: what happens goes through the reducer, and then to the screen. */
import { createConnection } from "./connection";
import { createFiller } from "./filler";
import { newId } from "./id";
import { firstLanguage } from "./language";
import type { Entries, Feedback, Fill, Session, Setup, Taken } from "./protocol";
import { createQueue, type Item } from "./queue";
import { fetchSetup, NO_SETUP } from "./setup";
import { EMPTY, reduce, type Event, type State } from "./state";
import { createStore } from "./storage";
import { createWords } from "./texts";
import { transcript } from "./transcript";
import type { Context, Options } from "./view/context";
import { createLauncher, type Launcher } from "./view/launcher";
import { createPanel, type Panel } from "./view/panel";

export type Happening = "opened" | "closed" | "message" | "reply" | "error";
export type Tell = (happening: Happening, detail?: unknown) => void;

export interface App {
  open(isAsked?: boolean): void;
  close(): void;
  ask(text: string): void;
  stop(): void;
}

const SIZES = [1, 1.2, 1.5];

/** Run a widget in `stage`, an element of its shadow root. */
export function createApp(stage: HTMLElement, options: Options, tell: Tell): App {
  const prefix = `sma-assistant ${options.server} `;
  const local = createStore(prefix, () => localStorage);
  const tab = createStore(prefix, () => sessionStorage);
  let language = firstLanguage(
    local.read<string>("language"),
    options.language,
    document.documentElement.lang,
    navigator.language,
  );
  let setup: Setup = NO_SETUP;
  let words = createWords({});
  let state: State = { ...EMPTY, seen: local.read<string>("seen") ?? "" };
  let isStopped = false;
  let hasHistory = false;
  let problem = "";
  let panel: Panel;
  let launcher: Launcher;

  const connection = createConnection(options.server, {
    auth: () => ({ token: local.read<string>("token") ?? null, language }),
    onSession,
    onEntries,
    onRestarted(token) {
      local.write("token", token);
      begin();
      connection.reopen();
    },
    onLine(isUp, reason) {
      problem = isUp ? "" : reason || words("offline");
      panel.line(problem);
      if (isUp) queue.flush();
      else tell("error", { code: "offline", text: problem });
    },
  });
  const isOnline = (): boolean => connection.isUp;

  const queue = createQueue(
    tab,
    ({ id, text, language }) => connection.send<Taken>("message", { id, text, language }),
    taken,
    isOnline,
  );
  const filler = createFiller(
    (fill) => connection.send<Taken>("fill", { ...fill, language }),
    (text, isOver) => panel.consultation.refused(text, isOver),
    isOnline,
  );

  const context: Context = {
    options,
    tab,
    get setup() {
      return setup;
    },
    get words() {
      return words;
    },
    get state() {
      return state;
    },
    get title() {
      return options.title ?? words("title");
    },
    get textSize() {
      return SIZES.indexOf(size());
    },
    say,
    sayAgain(id) {
      dispatch({ type: "resending", id });
      queue.again(id);
    },
    fill(data: Fill) {
      connection.open();
      filler.fill(data);
    },
    rate: (entry: string, value: Feedback) => agreed("feedback", { entry, value }),
    setLanguage(code) {
      local.write("language", code);
      language = code;
      void load(() => panel.openMenu("language"));
    },
    setTextSize(index) {
      local.write("size", SIZES[index]);
      resize();
    },
    restart: () => agreed("restart", {}),
    transcript: () =>
      transcript(state.entries, words, context.title, setup.page_url, (time) =>
        new Date(time).toLocaleString(setup.language),
      ),
    close,
  };

  function size(): number {
    const kept = local.read<number>("size") ?? 1;
    return SIZES.includes(kept) ? kept : 1;
  }

  function resize(): void {
    stage.style.setProperty("--size", String(size()));
  }

  async function agreed(event: string, data: unknown): Promise<boolean> {
    try {
      return (await connection.send<{ ok: boolean }>(event, data)).ok === true;
    } catch {
      return false;
    }
  }

  function dispatch(event: Event): void {
    const before = state;
    state = reduce(state, event);
    if (state.seen !== before.seen) local.write("seen", state.seen);
    if (before.hasForm && !state.hasForm) panel.consultation.ended(event.type === "entries");
    panel.render();
    launcher.render();
  }

  /** Build the screen, again when the words are others; what is typed is in the tab's storage. */
  function build(): void {
    stage.lang = setup.language;
    stage.dir = setup.direction;
    launcher = createLauncher(context, () => open());
    panel = createPanel(context);
    stage.replaceChildren(launcher.element, panel.element);
    resize();
    panel.render();
    launcher.render();
    panel.line(problem);
    if (state.isOpen) panel.show(false);
    if (hasHistory) panel.log.announce();
  }

  async function load(then: () => void): Promise<void> {
    const wanted = language;
    const found = await fetchSetup(
      options.server,
      wanted,
      () => !isStopped && wanted === language,
      () => {
        problem = words("offline");
        panel.line(problem);
      },
    );
    if (!found) return;
    setup = found;
    words = createWords(setup.texts);
    problem = connection.isUp ? "" : problem && words("offline");
    build();
    then();
  }

  function say(text: string, shown?: string): void {
    const item: Item = { id: newId(), text, shown, time: Date.now(), language };
    show(item);
    tell("message", { id: item.id, text: shown ?? text });
    connection.open();
    queue.add(item);
  }

  function show({ id, text, shown, time }: Item): void {
    dispatch({ type: "sending", id, text: shown ?? text, time });
  }

  function taken(item: Item, answer: Taken): void {
    if (answer.ok) {
      dispatch({ type: "taken", id: item.id });
      panel.composer.refuse("");
      return;
    }
    tell("error", { code: answer.code, text: answer.text });
    const isKept = answer.code === "too_many" || answer.code === "unavailable";
    if (answer.code === "unavailable") dispatch({ type: "refused", id: item.id });
    if (!isKept) dispatch({ type: "dropped", id: item.id });
    panel.composer.refuse(answer.text, isKept ? undefined : (item.shown ?? item.text));
  }

  function onSession(session: Session): void {
    const known = local.read<string>("token");
    if (known && known !== session.token) {
      // The old one expired: what waits to be sent goes into the new conversation.
      dispatch({ type: "restarted" });
      restore();
    }
    local.write("token", session.token);
    dispatch({ type: "session", session });
    const ids = new Set(session.entries.map(({ id }) => id));
    queue.settle(
      ({ id, isTaken }) => ids.has(id) || (!!isTaken && !session.waiting.includes(id)),
    );
    filler.resume(session);
    if (!session.form) panel.consultation.ended(false);
    if (!hasHistory) panel.log.announce();
    hasHistory = true;
  }

  function onEntries(entries: Entries): void {
    const before = state.form;
    const isFilled = filler.isReply(entries.to);
    dispatch({ type: "entries", ...entries });
    queue.settle(({ id }) => id === entries.to);
    for (const entry of entries.entries) {
      if (isFilled) panel.consultation.replied(entry, before);
      else if (entry.from === "bot") tell("reply", entry);
    }
  }

  /** Begin a new conversation on this screen. */
  function begin(): void {
    queue.clear();
    filler.clear();
    for (const name of ["draft", "typed"]) tab.remove(name);
    state = reduce(state, { type: "restarted" });
    hasHistory = false;
    build();
    if (state.isOpen) panel.show(true);
  }

  /** Show again what was on its way when the page was left. */
  function restore(): void {
    for (const item of queue.items) {
      show(item);
      if (item.isTaken) dispatch({ type: "taken", id: item.id });
      if (item.isRefused) dispatch({ type: "refused", id: item.id });
    }
  }

  function open(isAsked = true): void {
    connection.open();
    panel.show(isAsked);
    if (state.isOpen || !panel.element.open) return;
    tab.write("open", true);
    dispatch({ type: "opened" });
    panel.log.toEnd();
    tell("opened");
  }

  function close(): void {
    if (!state.isOpen) return;
    tab.remove("open");
    panel.hide();
    dispatch({ type: "closed" });
    launcher.element.focus();
    tell("closed");
  }

  build();
  restore();
  void load(() => {
    if (options.question) panel.composer.prefill(options.question);
    if (options.open || tab.read("open")) open(false);
  });
  // Nobody's page keeps a line open for a chat that isn't used.
  if (queue.items.length) connection.open();

  return {
    open,
    close,
    ask(text) {
      open();
      say(text);
    },
    stop() {
      isStopped = true;
      connection.close();
    },
  };
}
