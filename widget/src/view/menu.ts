/** What is seldom needed: language, text size, taking the conversation along, starting again. */
import { button, h, put } from "../dom";
import type { Context } from "./context";
import { download, print } from "./paper";

const SIZES = ["normal", "large", "largest"];

export function createMenu(context: Context): HTMLElement {
  const { words, setup } = context;
  const restart = h("div", { class: "choices" });
  const said = h("p", { role: "status" });

  const ask = (): void => {
    const yes = button(words("restart_yes"), async () => {
      if (await context.restart()) return;
      put(said, words("restart_failed"));
    });
    put(
      restart,
      h("p", { class: "wide" }, words("restart_ask")),
      yes,
      button(words("restart_no"), () => offer().focus()),
    );
    yes.focus();
  };
  function offer(): HTMLButtonElement {
    const again = button(words("restart"), ask);
    put(
      restart,
      button(words("download"), () => download(context.transcript())),
      button(words("print"), () => print(context.transcript(), setup.direction)),
      again,
    );
    return again;
  }
  offer();

  return h(
    "div",
    { class: "menu", id: "menu", hidden: true },
    setup.languages.length > 1 &&
      h(
        "label",
        {},
        words("language"),
        h(
          "select",
          {
            id: "language",
            onchange: (event: Event) =>
              context.setLanguage((event.target as HTMLSelectElement).value),
          },
          ...setup.languages.map(({ code, name }) =>
            h("option", { value: code, lang: code, selected: code === setup.language }, name),
          ),
        ),
      ),
    h(
      "fieldset",
      {},
      h("legend", {}, words("text_size")),
      h(
        "div",
        { class: "choices" },
        ...SIZES.map((name, size) =>
          h(
            "label",
            { class: "chip" },
            h("input", {
              type: "radio",
              name: "size",
              checked: context.textSize === size,
              onchange: () => context.setTextSize(size),
            }),
            words("text_size_" + name),
          ),
        ),
      ),
    ),
    restart,
    said,
  );
}
