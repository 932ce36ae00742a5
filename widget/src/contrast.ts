/** Colours that can be read, whatever colour the site chooses (WCAG 2.2, 1.4.3 and 1.4.11). */

export type Rgb = readonly [number, number, number];

export const WHITE: Rgb = [255, 255, 255];
export const BLACK: Rgb = [0, 0, 0];
/** What small text needs. */
export const READABLE = 4.5;

/** Return the colour of `#rgb`, `#rrggbb` or `rgb(…)`; undefined for anything else. */
export function parseColour(text: string): Rgb | undefined {
  const value = text.trim().toLowerCase().replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
  const numbers = /^#[\da-f]{6}$/.test(value)
    ? [1, 3, 5].map((start) => parseInt(value.substr(start, 2), 16))
    : /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(value)?.slice(1).map(Number);
  if (!numbers || numbers.some((number) => number > 255)) return undefined;
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

/** Return WCAG's contrast ratio of two colours, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Return white or black, whichever is easier to read on the colour: always 4.58 or better. */
export function textOn(colour: Rgb): Rgb {
  return contrast(colour, WHITE) >= contrast(colour, BLACK) ? WHITE : BLACK;
}

/** Return the colour, made darker or lighter until it can be read as text on a background. */
export function readableOn(colour: Rgb, background: Rgb, ratio = READABLE): Rgb {
  const towards = textOn(background);
  for (let step = 0; step < 20; step++) {
    const mixed = mix(colour, towards, step / 20);
    if (contrast(mixed, background) >= ratio) return mixed;
  }
  return towards;
}

/** Return the colour as CSS. */
export function css(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    Math.round(one[index] + (other[index] - one[index]) * share);
  return [channel(0), channel(1), channel(2)];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
