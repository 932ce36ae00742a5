/** Which lines of a reply are the page's words, and which are the assistant's. */
import type { Outcome, Source } from "./protocol";

export type Block = { text: string } | { quote: string; source: Source };

/** Return all sources of a reply, those of its parts included. */
export function sourcesOf(outcome: Outcome | undefined): Source[] {
  if (!outcome) return [];
  return [...(outcome.sources ?? []), ...(outcome.parts ?? []).flatMap(sourcesOf)];
}

/**
 * Cut a reply into the assistant's words and the quotes it brings as sources.
 *
 * A quote stands between “ ” on a line of its own. Only what a source backs looks like a quote:
 * other words between such marks stay what they are.
 */
export function blocksOf(text: string, outcome: Outcome | undefined): Block[] {
  const sources = sourcesOf(outcome).filter((source) => source.quote);
  const blocks: Block[] = [];
  let rest = text;
  let words = "";
  const flush = (): void => {
    if (words.trim()) blocks.push({ text: words.trim() });
    words = "";
  };
  while (rest) {
    // A quote may itself run over several lines: it is looked for as a whole, at a line's start.
    const source = sources.find(({ quote }) => startsWith(rest, `“${quote}”`));
    if (source) {
      flush();
      blocks.push({ quote: source.quote, source });
      rest = rest.slice(source.quote.length + 2).replace(/^[^\S\n]*\n?/, "");
    } else {
      const end = rest.indexOf("\n") + 1 || rest.length;
      words += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  flush();
  return blocks;
}

function startsWith(text: string, quoted: string): boolean {
  return text.startsWith(quoted) && /^[^\S\n]*(\n|$)/.test(text.slice(quoted.length));
}
