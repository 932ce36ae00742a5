/** The consultation form as fields, the review before sending, and the receipt. */
import { button, h, put } from "../dom";
import { phones } from "../links";
import { draftAfter, errorsOf, shown, valuesOf, type Values } from "../form";
import type { Entry, Fill, FormState } from "../protocol";
import { formOf } from "../state";
import type { Context } from "./context";
import { copyButton } from "./copy";
import { createField, type Control } from "./field";
import { lines } from "./words";

export interface Consultation {
  element: HTMLElement;
  open(): void;
  /** Hear the reply to what was filled in; `state` is the form's before it. */
  replied(entry: Entry, before: FormState | null): void;
  /** Hear that the server couldn't take it. */
  refused(text: string, isOver: boolean): void;
  /**
   * The form is no longer open on the server: nothing typed may stay.
   *
   * @param isReplied whether a reply said so, and not a conversation that was found without it.
   */
  ended(isReplied: boolean): void;
}

const DRAFT = "draft";
/** What the visitor waits for. */
type Waiting = "" | "opening" | "checking" | "sending";

export function createConsultation(context: Context, leave: () => void): Consultation {
  const { words, setup, tab } = context;
  const fields = setup.form.fields;
  let draft: Values = tab.read<Values>(DRAFT) ?? {};
  let waiting: Waiting = "";
  let page: "fields" | "review" | "receipt" = "fields";
  const controls = new Map<string, Control>();

  const heading = h("h3", { tabindex: "-1" }, words("form_title"));
  const message = h("div", { role: "alert" });
  const busy = h("p", { role: "status", class: "hint" });
  const body = h("div");
  const element = h(
    "section",
    { class: "form", hidden: true, "aria-label": words("form_title") },
    button(words("form_back"), leave, { class: "back" }),
    heading,
    message,
    body,
    busy,
  );

  function serverValues(): Values {
    return context.state.form?.values ?? {};
  }

  function wait(what: Waiting): void {
    waiting = what;
    put(busy, what && words(`form_${what}`));
  }

  function ask(what: Waiting, data: Fill): void {
    // A second press while the first is on its way changes nothing.
    if (waiting === what) return;
    wait(what);
    context.fill(data);
  }

  function typed(): Values {
    return Object.fromEntries([...controls].map(([name, control]) => [name, control.get().trim()]));
  }

  function showFields(focus?: string): void {
    page = "fields";
    put(heading, words("form_title"));
    put(message);
    controls.clear();
    const values = valuesOf(fields, serverValues(), draft);
    for (const field of fields) {
      const control = createField(field, words, () => {
        draft[field.name] = control.get();
        tab.write(DRAFT, draft);
      });
      control.set(values[field.name]!);
      controls.set(field.name, control);
    }
    const check = (event: Event): void => {
      event.preventDefault();
      ask("checking", { values: typed() });
    };
    const summary = h("div", { class: "summary" });
    put(
      body,
      h("p", { class: "hint" }, words("form_hint")),
      summary,
      h(
        "form",
        { novalidate: true, onsubmit: check },
        ...[...controls.values()].map((control) => control.element),
        h(
          "div",
          { class: "choices" },
          h("button", { class: "primary" }, words("form_check")),
          button(words("form_cancel"), cancel),
        ),
      ),
    );
    complain(summary);
    (focus ? controls.get(focus) : undefined)?.focus();
  }

  /** Show the server's errors where they belong, and go to the first. */
  function complain(summary: HTMLElement): void {
    const errors = errorsOf(fields, context.state.form?.errors ?? {});
    for (const [name, control] of controls) {
      control.complain(errors.filter((error) => error.name === name).map(({ text }) => text).join(" "));
    }
    put(summary);
    if (!errors.length) return;
    put(
      summary,
      h("strong", {}, words("form_errors", { count: errors.length })),
      h(
        "ul",
        {},
        ...errors.map(({ name, text }) =>
          h("li", {}, name ? button(text, () => controls.get(name)?.focus(), { class: "link" }) : text),
        ),
      ),
    );
    controls.get(errors[0]!.name)?.focus();
  }

  function showReview(): void {
    page = "review";
    put(heading, words("review_title"));
    put(message);
    const values = serverValues();
    const error = h("p", { id: "consent-error", class: "problem" });
    // Never ticked by us.
    const consent = h("input", { type: "checkbox", id: "consent", "aria-describedby": "consent-error" });
    const wrong = context.state.form?.errors.consent;
    put(
      body,
      h("p", { class: "hint" }, words("review_hint")),
      h(
        "dl",
        {},
        ...fields.map((field) =>
          h(
            "div",
            {},
            h("dt", {}, field.label),
            h(
              "dd",
              { dir: "auto" },
              h("span", {}, shown(field, values[field.name] ?? "") || words("left_out")),
              button(words("change"), () => showFields(field.name), {
                "aria-label": `${words("change")}: ${field.label}`,
              }),
            ),
          ),
        ),
      ),
      error,
      h("label", { class: "consent" }, consent, h("span", {}, setup.form.consent)),
      h(
        "div",
        { class: "choices" },
        button(words("form_send"), () => ask("sending", { consent: consent.checked, send: true }), {
          class: "primary",
        }),
        button(words("form_cancel"), cancel),
      ),
    );
    if (wrong) {
      put(error, wrong);
      consent.setAttribute("aria-invalid", "true");
      consent.focus();
    } else heading.focus();
  }

  function showReceipt(text: string, reference?: string): void {
    page = "receipt";
    put(heading, words("receipt_title"));
    put(message);
    put(
      body,
      lines(text, setup.links),
      reference && copyButton(words, reference),
      button(words("form_back"), leave, { class: "primary" }),
    );
    heading.focus();
  }

  function cancel(): void {
    leave();
    // As if they had written it: the assistant asks first, and deletes what was entered.
    context.say(words("form_cancel_message"));
  }

  function forget(): void {
    draft = {};
    tab.remove(DRAFT);
  }

  return {
    element,
    open() {
      showFields();
      heading.focus();
      // Whatever was answered in the chat in the meantime is there as well.
      wait("");
      ask("opening", {});
    },
    replied(entry, before) {
      const was = waiting;
      wait("");
      const form = formOf(entry.outcome);
      if (form) {
        draft = draftAfter(draft, before, form);
        tab.write(DRAFT, draft);
      }
      if (!context.state.hasForm) {
        forget();
        if (entry.outcome?.topic === "sent") showReceipt(entry.text, entry.outcome.reference);
        else leave();
      } else if (!form) {
        // It couldn't be stored, or what was written sounds like an emergency.
        put(message, lines(entry.text, setup.links, phones));
      } else if (was === "opening") {
        for (const [name, control] of controls) {
          if (!(name in draft)) control.set(form.values[name] ?? "");
        }
      } else if (was === "sending" && form.errors.consent) showReview();
      else if (form.complete && !Object.keys(form.errors).length) {
        showReview();
        // It was complete and is still not sent: the reply says why.
        if (was === "sending") put(message, lines(entry.text, setup.links));
      } else {
        showFields();
        if (!Object.keys(form.errors).length) put(message, lines(entry.text, setup.links));
      }
    },
    refused(text, isOver) {
      put(message, lines(text, setup.links));
      if (isOver) wait("");
    },
    ended(isReplied) {
      forget();
      // What was sent is confirmed by the reply to it, which comes next.
      const isConfirmed = page === "receipt" || (isReplied && waiting === "sending");
      if (!isConfirmed && !element.hidden) leave();
    },
  };
}
