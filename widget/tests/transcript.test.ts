import { expect, it } from "vitest";
import { createWords } from "../src/texts";
import { transcript } from "../src/transcript";
import { bot, visitor } from "./some";

const words = createWords({ widget_you_said: "You:", widget_assistant_says: "Assistant:" });
const write = (entries: Parameters<typeof transcript>[0], page = ""): string =>
  transcript(entries, words, "Title", page, (time) => `at ${time}`);

it("says what was not sent", () => {
  const text = write([
    { ...visitor("a"), state: "waiting" },
    { ...visitor("b"), state: "refused" },
    { ...visitor("c"), state: "taken" },
  ]);
  expect(text).toContain("You: [at 1000] (Waiting to be sent)\ntext of a");
  expect(text).toContain("You: [at 1000] (Not sent)\ntext of b");
  expect(text).toContain("You: [at 1000]\ntext of c");
});

it("begins with what the assistant is, and has everything in its order", () => {
  const text = write([visitor("a"), bot("a.0")], "https://clinic.example/spinraza");
  expect(text.indexOf("no medical advice")).toBeGreaterThan(0);
  expect(text).toMatch(/^Title\n[\s\S]*https:\/\/clinic\.example\/spinraza\n\nYou:[\s\S]*text of a\n\nAssistant: \[at 2000\]\ntext of a\.0\n$/);
});
