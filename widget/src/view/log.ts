/** The conversation. Nodes are kept, so that only what is new is announced, and focus stays. */
import { h, hidden, put } from "../dom";
import type { Shown } from "../state";
import { isAnswering } from "../state";
import type { Context } from "./context";
import { entryView } from "./entry";

export interface Log {
  element: HTMLElement;
  render(): void;
  /** From now on, what comes is announced: the history must not be read out at once. */
  announce(): void;
  toEnd(): void;
}

const HISTORY_SETTLES_MS = 600;
const NEAR_PX = 120;

export function createLog(context: Context): Log {
  const { words } = context;
  const greeting = context.options.greeting ?? words("greeting");
  const list = h(
    "div",
    { role: "log", "aria-live": "off", "aria-label": words("conversation") },
    h(
      "div",
      { class: "entry bot" },
      h("div", { class: "bubble" }, hidden(words("assistant_says")), h("p", { dir: "auto" }, greeting)),
    ),
  );
  const dots = h("div", { class: "dots", hidden: true }, h("i"), h("i"), h("i"));
  const said = h("div", { class: "hidden", role: "status" });
  // It can be scrolled with the keyboard, so it can have the focus.
  const element = h("div", { class: "log", tabindex: "0", role: "region", "aria-label": words("conversation") }, list, dots, said);
  const nodes = new Map<string, { entry: Shown; node: HTMLElement }>();

  function render(): void {
    const { entries } = context.state;
    const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    let last: HTMLElement | undefined;
    let isOwn = false;
    let before: ChildNode | null = list.firstChild;
    const ids = new Set(entries.map(({ id }) => id));
    for (const [id, { node }] of nodes) if (!ids.has(id)) (node.remove(), nodes.delete(id));
    for (const entry of entries) {
      const known = nodes.get(entry.id);
      let node = known?.node;
      if (!node || known?.entry.state !== entry.state) {
        const made = entryView(context, entry);
        if (node) node.replaceWith(made);
        else (last = made), (isOwn = entry.from === "visitor");
        node = made;
        nodes.set(entry.id, { entry, node });
      }
      if (before?.nextSibling !== node) before?.after(node);
      before = node;
    }
    const isBusy = isAnswering(context.state);
    if (dots.hidden === isBusy) {
      dots.hidden = !isBusy;
      put(said, isBusy && words("typing"));
    }
    if (!isNear && !isOwn) return;
    // A long answer is read from its beginning.
    if (last && !isOwn && last.offsetHeight > element.clientHeight) element.scrollTop = last.offsetTop;
    else if (last || isBusy) toEnd();
  }

  function toEnd(): void {
    element.scrollTop = element.scrollHeight;
  }

  return {
    element,
    render,
    announce: () => setTimeout(() => list.setAttribute("aria-live", "polite"), HISTORY_SETTLES_MS),
    toEnd,
  };
}
