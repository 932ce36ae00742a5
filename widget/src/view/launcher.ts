/** The button on the page that opens the chat, and says how many replies were not seen. */
import { h, hidden, icon, put } from "../dom";
import { unread } from "../state";
import type { Context } from "./context";

export interface Launcher {
  element: HTMLButtonElement;
  render(): void;
}

export function createLauncher(context: Context, open: () => void): Launcher {
  const { words } = context;
  const name = context.options.title ?? words("launcher");
  const badge = h("span", { class: "badge", "aria-hidden": "true" });
  const said = hidden("");
  const element = h(
    "button",
    { class: "launcher", type: "button", "aria-haspopup": "dialog", onclick: open },
    icon("chat"),
    h("span", {}, name),
    badge,
    said,
  );
  return {
    element,
    render() {
      const count = unread(context.state);
      put(badge, count > 0 && String(count));
      badge.hidden = count < 1;
      put(said, count > 0 && ` (${words("unread", { count })})`);
      element.setAttribute("aria-expanded", String(context.state.isOpen));
      element.hidden = context.state.isOpen;
    },
  };
}
