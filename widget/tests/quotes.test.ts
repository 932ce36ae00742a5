import { describe, expect, it } from "vitest";
import type { Outcome, Source } from "../src/protocol";
import { blocksOf } from "../src/quotes";

const source = (quote: string): Source => ({
  document: "d",
  language: "en",
  section: "Safety",
  anchor: "safety",
  quote,
  retrieved: "2026-11-22",
});
const outcome = (...quotes: string[]): Outcome => ({ kind: "answer", sources: quotes.map(source) });

describe("what doesn't look like a quote", () => {
  it("words between the marks that no source backs", () => {
    expect(blocksOf("“Stop at once.”", outcome("Something else."))).toEqual([{ text: "“Stop at once.”" }]);
    expect(blocksOf("“Stop at once.”", undefined)).toEqual([{ text: "“Stop at once.”" }]);
  });

  it("a quote with words before or after it on its line", () => {
    for (const text of ["So: “A.”", "“A.” or so"]) expect(blocksOf(text, outcome("A."))).toEqual([{ text }]);
  });

  it("nothing between marks, of a source without a quote", () => {
    expect(blocksOf("“”", outcome(""))).toEqual([{ text: "“”" }]);
  });
});

describe("quotes", () => {
  it("stand between the assistant's words, in their order", () => {
    const blocks = blocksOf("In general:\n“A.”\n“B.”\nFrom the page.", outcome("B.", "A."));
    expect(blocks).toEqual([
      { text: "In general:" },
      { quote: "A.", source: source("A.") },
      { quote: "B.", source: source("B.") },
      { text: "From the page." },
    ]);
  });

  it("are found in the parts of a reply with several answers", () => {
    const parts = { kind: "answer", parts: [outcome("A."), outcome("B.")] };
    expect(blocksOf("“A.”\n\n“B.”", parts)).toHaveLength(2);
  });

  it("may run over several lines, and bring marks of their own", () => {
    const quote = "One:\n- “two”\n- three";
    expect(blocksOf(`“${quote}”\nx`, outcome(quote))).toEqual([{ quote, source: source(quote) }, { text: "x" }]);
  });
});
