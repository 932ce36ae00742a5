/** `<sma-assistant>`: reads its attributes, brings its styles, and hides its inside from the page. */
import { createApp, type App, type Happening } from "./app";
import { css, parseColour, readableOn, textOn, type Rgb } from "./contrast";
import { h } from "./dom";
import styles from "./style.css?inline";

export const TAG = "sma-assistant";

type Listener = (detail: unknown) => void;

const DEFAULT_COLOUR: Rgb = [15, 92, 103];
/** The backgrounds of style.css that the site's colour stands on. */
const LIGHT: Rgb = [241, 245, 246];
const DARK: Rgb = [42, 52, 62];

/** Where the script came from; elements that name no server talk to it. */
let home = location.origin;

/**
 * Return the server's address, without a slash at its end.
 *
 * @param address of the server, or of the script it serves.
 */
export function serverOf(address: string): string {
  const { origin, pathname } = new URL(address, location.href);
  const path = pathname.replace(/\/webhooks\/website\/.*/, "");
  return origin + (path.endsWith(".js") ? "" : path.replace(/\/+$/, ""));
}

export function setHome(script: string): void {
  home = serverOf(script);
}

export class SmaAssistant extends HTMLElement {
  private app: App | undefined;
  private readonly listeners = new Map<string, Set<Listener>>();

  connectedCallback(): void {
    if (this.app) return;
    const { server, title, language, primary, position, avatar, greeting, question, open } = this.dataset;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    // A sheet made by script: allowed where the page's rules forbid inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles + colours(primary));
    root.adoptedStyleSheets = [sheet];
    const stage = h("div", { class: `stage ${position === "left" ? "left" : "right"}` });
    root.replaceChildren(stage);
    const options = {
      server: server ? serverOf(server) : home,
      title,
      language,
      primary,
      position,
      avatar,
      greeting,
      question,
      open: open !== undefined && open !== "false",
    };
    this.app = createApp(stage, options, (happening, detail) => this.tell(happening, detail));
  }

  disconnectedCallback(): void {
    this.app?.stop();
    this.app = undefined;
  }

  /** Open the chat and bring the focus into it. */
  open(): void {
    this.app?.open();
  }

  close(): void {
    this.app?.close();
  }

  /** Open the chat and ask a question. */
  ask(text: string): void {
    const question = String(text).trim();
    if (question) this.app?.ask(question);
  }

  /** Call `listener` whenever something happens; returns what ends it. */
  on(happening: Happening, listener: Listener): () => void {
    const listeners = this.listeners.get(happening) ?? new Set();
    this.listeners.set(happening, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  private tell(happening: Happening, detail: unknown): void {
    for (const listener of this.listeners.get(happening) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        reportError(error); // the page's mistake must not stop the chat
      }
    }
  }
}

function colours(primary = ""): string {
  const colour = parseColour(primary) ?? DEFAULT_COLOUR;
  const set = (background: Rgb): string =>
    `--primary:${css(colour)};--on-primary:${css(textOn(colour))};--accent:${css(readableOn(colour, background))}`;
  return `:host{${set(LIGHT)}}@media(prefers-color-scheme:dark){:host{${set(DARK)}}}`;
}
