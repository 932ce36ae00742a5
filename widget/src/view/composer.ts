/** Where one writes. What stands here survives a reload, and a refusal. */
import { h, iconButton, put } from "../dom";
import { LONGEST } from "../protocol";
import { canListen, listen } from "../speech";
import type { Context } from "./context";

export interface Composer {
  element: HTMLElement;
  focus(): void;
  /** Put words in, unless somebody wrote something already. */
  prefill(text: string): void;
  /** Say why a message wasn't taken; its words come back. */
  refuse(problem: string, text?: string): void;
}

/** The counter shows up when so many characters are left. */
const NEARLY = 400;
const NAME = "typed";

export function createComposer(context: Context): Composer {
  const { words, tab, setup } = context;
  const input = h("textarea", {
    id: "input",
    rows: "1",
    dir: "auto",
    enterkeyhint: "send",
    placeholder: words("input_hint"),
    "aria-describedby": "count problem",
    oninput: changed,
    onkeydown: (event: KeyboardEvent) => {
      // While a character is being composed, Enter chooses it.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        submit();
      }
    },
  });
  const count = h("p", { id: "count", class: "count" });
  const problem = h("p", { id: "problem", class: "problem", role: "alert" });
  const element = h(
    "form",
    {
      class: "composer",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        submit();
      },
    },
    problem,
    count,
    h("label", { for: "input", class: "hidden" }, words("input")),
    h(
      "div",
      { class: "row" },
      input,
      canListen() && voice(),
      iconButton("send", words("send"), submit, { class: "icon send" }),
    ),
  );

  function left(): number {
    return LONGEST - [...input.value].length;
  }

  function changed(): void {
    tab.write(NAME, input.value);
    fit();
    const rest = left();
    put(
      count,
      rest < 0 ? words("too_long", { count: -rest }) : rest < NEARLY && words("left", { count: rest }),
    );
    count.classList.toggle("problem", rest < 0);
    input.setAttribute("aria-invalid", String(rest < 0));
  }

  /** Grow with the text. */
  function fit(): void {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  }

  function submit(): void {
    const text = input.value.trim();
    if (text && left() >= 0) {
      input.value = "";
      put(problem);
      changed();
      context.say(text);
    }
    input.focus();
  }

  function voice(): HTMLElement {
    let stop: (() => void) | undefined;
    const note = h("p", { class: "count", role: "status" });
    const start = (): void => {
      if (stop) return stop();
      const before = input.value;
      talk.setAttribute("aria-pressed", "true");
      put(note, words("voice_note"));
      const ended = (): void => {
        stop = undefined;
        talk.setAttribute("aria-pressed", "false");
        put(note);
        input.focus();
      };
      stop = listen(
        setup.language,
        (text) => {
          input.value = before ? `${before} ${text}` : text;
          changed();
        },
        ended,
      );
    };
    const talk = iconButton("voice", words("voice"), start, { "aria-pressed": "false" });
    return h("div", { class: "voice" }, note, talk);
  }

  input.value = tab.read<string>(NAME) ?? "";
  if (input.value) requestAnimationFrame(changed);

  return {
    element,
    focus() {
      fit();
      input.focus();
    },
    prefill(text) {
      if (!input.value) {
        input.value = text;
        changed();
      }
    },
    refuse(words, text) {
      put(problem, words);
      // What was typed in the meantime stays, below it.
      if (text) {
        input.value = input.value ? `${text}\n${input.value}` : text;
        changed();
      }
    },
  };
}
