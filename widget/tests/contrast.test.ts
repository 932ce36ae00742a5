import { describe, expect, it } from "vitest";
import { BLACK, contrast, parseColour, READABLE, readableOn, type Rgb, textOn, WHITE } from "../src/contrast";

const COLOURS: Rgb[] = [];
for (let red = 0; red <= 255; red += 51)
  for (let green = 0; green <= 255; green += 51)
    for (let blue = 0; blue <= 255; blue += 51) COLOURS.push([red, green, blue]);

describe("colours that aren't understood", () => {
  it.each(["", "teal", "#12", "#12345g", "rgb(1, 2)", "rgb(300, 0, 0)", "red;}*{display:none", "url(x)"])(
    "%s",
    (text) => expect(parseColour(text)).toBeUndefined(),
  );
});

it.each([
  ["#0f5c67", [15, 92, 103]],
  [" #FFF ", [255, 255, 255]],
  ["#a1c", [170, 17, 204]],
  ["rgb(1, 2, 3)", [1, 2, 3]],
  ["rgb(1 2 3)", [1, 2, 3]],
])("understands %s", (text, colour) => expect(parseColour(text)).toEqual(colour));

it("has WCAG's contrast ratios", () => {
  expect(contrast(WHITE, BLACK)).toBeCloseTo(21, 5);
  expect(contrast(WHITE, WHITE)).toBe(1);
  // A pair that is often quoted: just below what small text needs.
  expect(contrast([119, 119, 119], WHITE)).toBeCloseTo(4.48, 2);
});

it("writes on any colour so that it can be read", () => {
  expect(COLOURS.filter((colour) => contrast(textOn(colour), colour) < READABLE)).toEqual([]);
});

it("makes any colour readable on light and on dark, and leaves alone what is", () => {
  for (const background of [WHITE, [42, 52, 62] as Rgb]) {
    const unreadable = COLOURS.filter((colour) => contrast(readableOn(colour, background), background) < READABLE);
    expect(unreadable).toEqual([]);
  }
  expect(readableOn([15, 92, 103], WHITE)).toEqual([15, 92, 103]);
});
