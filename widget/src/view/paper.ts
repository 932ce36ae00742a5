/** The conversation outside the browser: as a file, on paper. */
import { h } from "../dom";

const FILE = "conversation.txt";

/** Save a text; nothing leaves the browser. */
export function download(text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  h("a", { href, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Print a text from a page of its own: the page around the widget isn't wanted on the paper. */
export function print(text: string, direction: string): void {
  const frame = h("iframe", { "aria-hidden": "true", tabindex: "-1" });
  // Set by script, which a page's rules on inline styles allow.
  frame.style.cssText = "position:fixed;width:0;height:0;border:0";
  document.body.append(frame);
  const page = frame.contentDocument!;
  page.body.dir = direction;
  page.body.style.cssText = "white-space:pre-wrap;font:12pt/1.5 sans-serif";
  page.body.textContent = text;
  frame.contentWindow!.print();
  // Some browsers print only after this returns.
  setTimeout(() => frame.remove(), 60_000);
}
