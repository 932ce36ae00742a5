import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FEEDBACK } from "../src/protocol";
import { createWords } from "../src/texts";

const FOLDER = join(__dirname, "../../texts");
const LANGUAGES = readdirSync(FOLDER).filter((name) => name.endsWith(".yml"));

/** Return the names of the widget's texts in a file, each with its {blanks}. */
function textsIn(file: string): Record<string, string> {
  const found = readFileSync(join(FOLDER, file), "utf8").matchAll(/^widget_(\w+): (.*)$/gm);
  return Object.fromEntries(
    [...found].map(([, name, text]) => [name!, [...text!.matchAll(/\{\w+\}/g)].sort().join()]),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("texts that are missing", () => {
  it("still name the control", () => {
    expect(createWords({})("restart_yes")).toBe("Restart yes");
    expect(createWords({ widget_send: "" })("send")).toBe("Send");
  });

  it("still say what matters without the server", () => {
    expect(createWords({})("notice")).toMatch(/no medical advice/);
    expect(createWords({})("notice_emergency")).toMatch(/112/);
    expect(createWords({})("offline")).toMatch(/can't reach/);
  });

  it("leave a blank that has no value as it is", () => {
    expect(createWords({ widget_left: "{count} left" })("left")).toBe("{count} left");
  });
});

it("fills blanks, and takes what is filled in for words only", () => {
  const words = createWords({ widget_left: "From {section}" });
  expect(words("left", { section: "$& {section}" })).toBe("From $& {section}");
});

it.each(LANGUAGES)("%s has every text that the sources ask for", (file) => {
  const code = sources(join(__dirname, "../src")).join("\n");
  const asked = [...code.matchAll(/\bwords\(\s*([^()]*?)[,)]/g)].flatMap(([, name]) =>
    [...name!.matchAll(/"(\w+[a-z])"/g)].map(([, found]) => found!),
  );
  const built = [
    ...FEEDBACK.map((value) => `feedback_${value}`),
    ...["not_covered", "advice", "adverse_event", "unavailable"].map((kind) => `kind_${kind}`),
    ...["normal", "large", "largest"].map((size) => `text_size_${size}`),
    ...["opening", "checking", "sending"].map((what) => `form_${what}`),
  ];
  const names = [...new Set([...asked, ...built])].filter((name) => !["bot", "waiting_"].includes(name));
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => !(name in textsIn(file)) && !["refused"].includes(name))).toEqual([]);
});

it.each(LANGUAGES)("%s has the blanks of the English texts", (file) => {
  expect(textsIn(file)).toEqual(textsIn("en.yml"));
});
