/** One message on the screen. */
import { button, h, hidden, icon, put } from "../dom";
import { allowed, phones, sections } from "../links";
import { FEEDBACK, type Source } from "../protocol";
import { blocksOf, sourcesOf } from "../quotes";
import type { Shown } from "../state";
import { clock } from "../time";
import type { Context } from "./context";
import { copyButton } from "./copy";
import { lines } from "./words";

/** Kinds of replies that are no answer from the page: said quietly above the text. */
const MARKED = ["not_covered", "advice", "adverse_event", "unavailable"];
const RATED = ["answer", "not_covered", "advice", "unclear"];

export function entryView(context: Context, entry: Shown): HTMLElement {
  const { words, setup } = context;
  const isBot = entry.from === "bot";
  const outcome = entry.outcome;
  const sources = isBot ? sourcesOf(outcome) : [];
  const kind = isBot ? (outcome?.kind ?? "") : "";
  const isEmergency = kind === "emergency" || !!outcome?.parts?.some((p) => p.kind === "emergency");
  // What was said before isn't news: only a new emergency interrupts.
  const role = isEmergency && entry.isLive ? "alert" : undefined;
  return h(
    "div",
    { class: `entry ${entry.from}` },
    hidden(words(isBot ? "assistant_says" : "you_said")),
    h(
      "div",
      { class: isEmergency ? "bubble emergency" : "bubble", role },
      isEmergency && h("strong", { class: "heading" }, icon("alert"), words("emergency")),
      !isEmergency && MARKED.includes(kind) && h("span", { class: "mark" }, words("kind_" + kind)),
      ...blocksOf(entry.text, isBot ? outcome : undefined).map((block) =>
        "quote" in block
          ? h("blockquote", { dir: "auto", lang: block.source.language }, h("p", {}, block.quote))
          : lines(
              block.text,
              isBot ? setup.links : [],
              (words) => sections(words, sources, (source) => address(context, source)),
              ...(isEmergency || kind === "adverse_event" ? [phones] : []),
            ),
      ),
      outcome?.reference && copyButton(words, outcome.reference),
    ),
    isBot && buttonsView(context, entry),
    statusView(context, entry),
    isBot && RATED.includes(kind) && feedbackView(context, entry),
  );
}

/** Return where a section is: on the page around the chat, or on the page the server names. */
function address({ setup }: Context, { anchor }: Source): string | undefined {
  const isHere = document.getElementById(anchor);
  const page = isHere ? location.href : setup.page_url;
  return allowed(`${page.split("#")[0]}#${anchor}`, [...setup.links, location.origin]);
}

/** They stay where they are, so that one can come back to them. */
function buttonsView(context: Context, entry: Shown): HTMLElement | false {
  const { buttons } = entry;
  if (!Array.isArray(buttons) || !buttons.length) return false;
  return h(
    "div",
    { class: "choices", role: "group", "aria-label": context.words("choices") },
    ...buttons.map(({ title, payload }) => button(title, () => context.say(payload, title), { dir: "auto" })),
  );
}

function statusView(context: Context, { id, state, time }: Shown): HTMLElement {
  const { words, setup } = context;
  const iso = new Date(time).toISOString();
  return h(
    "div",
    { class: "status" },
    state === "waiting" || state === "refused"
      ? h("span", {}, words(state === "waiting" ? "waiting" : "not_sent"))
      : h("time", { datetime: iso }, clock(time, setup.language)),
    state === "refused" && button(words("send_again"), () => context.sayAgain(id)),
  );
}

function feedbackView(context: Context, entry: Shown): HTMLElement {
  const { words } = context;
  const said = h("span", { role: "status" });
  const buttons = FEEDBACK.map((value) =>
    button(
      words("feedback_" + value),
      async () => {
        const isKept = await context.rate(entry.id, value);
        put(said, words(isKept ? "feedback_thanks" : "feedback_failed"));
        if (isKept) {
          buttons.forEach((one, index) =>
            one.setAttribute("aria-pressed", String(FEEDBACK[index] === value)),
          );
        }
      },
      { "aria-pressed": "false" },
    ),
  );
  const isQuote = sourcesOf(entry.outcome).length > 0;
  return h(
    "details",
    { class: "feedback" },
    h("summary", {}, words(isQuote ? "feedback_ask" : "feedback_ask_reply")),
    h("div", { class: "choices" }, ...buttons),
    said,
  );
}
