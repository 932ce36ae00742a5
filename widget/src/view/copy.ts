/** A button that copies something, and says so. */
import { button, h, put } from "../dom";
import type { Words } from "../texts";

export function copyButton(words: Words, text: string): HTMLElement {
  const said = h("span", { role: "status" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      put(said, words("copied"));
    } catch {
      put(said, words("copy_failed")); // denied, or a page without https
    }
  };
  return h("p", { class: "copy" }, h("code", {}, text), button(words("copy"), copy), said);
}
