/** What the page's one script line starts. */
import type { Happening } from "./app";
import { setHome, SmaAssistant, TAG } from "./element";

/** What a page's own scripts can use. */
export interface Api {
  open(): void;
  close(): void;
  ask(text: string): void;
  on(happening: Happening, listener: (detail: unknown) => void): () => void;
}

declare global {
  interface Window {
    smaAssistant?: Api;
  }
}

// It is there only while the script runs for the first time.
const script = document.currentScript as HTMLScriptElement | null;
if (!customElements.get(TAG)) {
  if (script?.src) setHome(script.src);
  customElements.define(TAG, SmaAssistant);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

/** Put the element on the page, unless the page has one of its own. */
function start(): void {
  let element = document.querySelector<SmaAssistant>(TAG);
  if (!element) {
    element = document.createElement(TAG) as SmaAssistant;
    for (const [name, value] of Object.entries(script?.dataset ?? {})) element.dataset[name] = value;
    document.body.append(element);
  }
  const own = element;
  window.smaAssistant = {
    open: () => own.open(),
    close: () => own.close(),
    ask: (text) => own.ask(text),
    on: (happening, listener) => own.on(happening, listener),
  };
}
