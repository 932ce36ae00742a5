/** Addresses, sections and phone numbers in texts. Only what the server allows becomes a link. */
import type { Source } from "./protocol";

export interface Piece {
  text: string;
  /** Where it leads to, when it is a link. */
  href?: string;
}

const URL_IN_TEXT = /\bhttps?:\/\/[^\s<>"“”«»，。；：）】]+/giu;
const TRAILING = /[.,;:!?)\]}'’]+$/u;
// Three digits at least, so that "24/7" is none; letters as in 1-800-FDA-1088.
const PHONE = /(?<![\d\w/])(?:\d-\d{3}-[A-Z]{3}-\d{4}|\+?\d(?:[ -]?\d){2,14})(?![\d\w/])/gu;
const KEYS = ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"];

/** Return the address if it may be linked to: http or https, no password, an allowed origin. */
export function allowed(address: string, origins: readonly string[]): string | undefined {
  try {
    const url = new URL(address);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    if (isWeb && !url.username && !url.password && origins.includes(url.origin)) return url.href;
  } catch {
    // It is no address at all.
  }
  return undefined;
}

/** Say whether an address is a place on the page around the chat. */
export function isHere(address: string): boolean {
  return address.includes("#") && address.split("#")[0] === location.href.split("#")[0];
}

/** Cut a text into words and links. */
export function linkify(text: string, origins: readonly string[]): Piece[] {
  return cut(text, URL_IN_TEXT, (found) => {
    const address = found.replace(TRAILING, "");
    return { text: address, href: allowed(address, origins) };
  });
}

/**
 * Cut a text into words and the names of the sections it quotes, “so”.
 *
 * @param address returns where the section of a source is, if it is anywhere.
 */
export function sections(
  text: string,
  sources: readonly Source[],
  address: (source: Source) => string | undefined,
): Piece[] {
  return cut(text, /“[^”]+”/gu, (found) => {
    const source = sources.find(({ section }) => found === `“${section}”`);
    return { text: found, href: source && address(source) };
  });
}

/** Cut a text into words and phone numbers that can be called. */
export function phones(text: string): Piece[] {
  return cut(text, PHONE, (found) => ({ text: found, href: "tel:" + dialled(found) }));
}

function dialled(number: string): string {
  return number
    .replace(/[A-Z]/g, (letter) => String(2 + KEYS.findIndex((keys) => keys.includes(letter))))
    .replace(/[^\d+]/g, "");
}

function cut(text: string, pattern: RegExp, piece: (found: string) => Piece): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const add = (words: string): void => {
    const last = pieces[pieces.length - 1];
    if (last && !last.href) last.text += words;
    else if (words) pieces.push({ text: words });
  };
  for (const match of text.matchAll(pattern)) {
    const found = piece(match[0]);
    add(text.slice(end, match.index));
    if (found.href) pieces.push(found);
    else add(found.text);
    end = match.index + found.text.length;
  }
  add(text.slice(end));
  return pieces;
}
