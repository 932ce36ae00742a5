/** Texts on the screen: lines, links, phone numbers. Text nodes all of them. */
import { h } from "../dom";
import { isHere, linkify, type Piece } from "../links";

/**
 * Return a text with its lines; addresses of the allowed origins are links.
 *
 * @param cuts find links of other kinds in what is left.
 */
export function lines(
  text: string,
  origins: readonly string[],
  ...cuts: ((words: string) => Piece[])[]
): HTMLElement {
  let pieces = linkify(text, origins);
  for (const cut of cuts) pieces = pieces.flatMap((piece) => (piece.href ? [piece] : cut(piece.text)));
  return h(
    "p",
    { dir: "auto" },
    ...pieces.map(({ text: words, href }) => (href ? link(words, href) : words)),
  );
}

/** Return a link; `href` was checked by `links.ts`. */
export function link(words: string, href: string): HTMLElement {
  if (href.startsWith("tel:")) return h("a", { href, class: "call", dir: "ltr" }, words);
  // A section of the page around the chat is scrolled to; everything else leaves the chat open.
  if (isHere(href)) return h("a", { href }, words);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);
}
