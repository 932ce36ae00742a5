import { describe, expect, it } from "vitest";
import { allowed, linkify, phones, sections } from "../src/links";
import type { Source } from "../src/protocol";

const CLINIC = ["https://clinic.example"];

describe("addresses that become no link", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>",
    "https://evil.example/",
    "https://clinic.example.evil.example/",
    "https://clinic.example@evil.example/",
    "https://visitor:secret@clinic.example/",
    "http://clinic.example/",
    "https://clinic.example:8443/",
    "//clinic.example/",
    "not an address",
  ])("%s", (address) => {
    expect(allowed(address, CLINIC)).toBeUndefined();
    expect(linkify(`see ${address} there`, CLINIC).filter(({ href }) => href)).toEqual([]);
  });

  it("none at all without allowed origins", () => {
    expect(linkify("https://clinic.example/", [])).toEqual([{ text: "https://clinic.example/" }]);
  });
});

describe("addresses in texts", () => {
  it("keeps every character of the text", () => {
    const text = "A https://evil.example/x, B (https://clinic.example/a?b=c#d). 见https://clinic.example/表。好";
    expect(linkify(text, CLINIC).map((piece) => piece.text).join("")).toBe(text);
  });

  it.each([
    ["Go to https://clinic.example/form.", "https://clinic.example/form"],
    ["(https://clinic.example/form)", "https://clinic.example/form"],
    ["见 https://clinic.example/form，谢谢", "https://clinic.example/form"],
    ["“https://clinic.example/form”", "https://clinic.example/form"],
  ])("%s", (text, href) => {
    expect(linkify(text, CLINIC).filter((piece) => piece.href)).toEqual([{ text: href, href }]);
  });
});

describe("phone numbers", () => {
  it.each([
    ["Call 112 now", ["tel:112"]],
    ["120 in China, 911 in the US", ["tel:120", "tel:911"]],
    ["欧盟112，英国999。", ["tel:112", "tel:999"]],
    ["116 123 in the UK", ["tel:116123"]],
    ["FDA at 1-800-FDA-1088.", ["tel:18003321088"]],
    ["+44 20 7946 0018", ["tel:+442079460018"]],
    ["24/7, on 5 days, SMN2, 5q", []],
  ])("%s", (text, numbers) => {
    expect(phones(text).flatMap(({ href }) => href ?? [])).toEqual(numbers);
    expect(phones(text).map((piece) => piece.text).join("")).toBe(text);
  });
});

describe("sections", () => {
  const source: Source = {
    document: "d",
    section: "How it works?",
    anchor: "how",
    quote: "So.",
    retrieved: "2026-11-22",
  };
  const address = ({ anchor }: Source): string => `https://clinic.example/#${anchor}`;

  it.each(["From “Another section”.", "How it works?", "“how it works?”", "“How it works?”"])(
    "no link in %s without such a source",
    (text) => {
      const others = text === "“How it works?”" ? [] : [source];
      expect(sections(text, others, address)).toEqual([{ text }]);
    },
  );

  it("no link where the section has no address", () => {
    const text = "From “How it works?”.";
    expect(sections(text, [source], () => undefined)).toEqual([{ text }]);
  });

  it("lead to where they are", () => {
    expect(sections("From “Other”, “How it works?”.", [source], address)).toEqual([
      { text: "From “Other”, " },
      { text: "“How it works?”", href: "https://clinic.example/#how" },
      { text: "." },
    ]);
  });
});
