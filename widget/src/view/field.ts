/** One field of the consultation form: label, hint, why it is asked, and what is wrong with it. */
import { h, put } from "../dom";
import type { Field } from "../protocol";
import type { Words } from "../texts";

export interface Control {
  element: HTMLElement;
  get(): string;
  set(value: string): void;
  /** Say what to type instead; nothing when all is well. */
  complain(text: string): void;
  focus(): void;
}

export function createField(field: Field, words: Words, onChange: () => void): Control {
  const id = `field-${field.name}`;
  const hint = field.hint && h("p", { id: `${id}-hint`, class: "hint" }, field.hint);
  const error = h("p", { id: `${id}-error`, class: "problem" });
  const why =
    field.why && h("details", {}, h("summary", {}, words("why")), h("p", { class: "hint" }, field.why));
  const common = { "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error` };
  const required = field.required && "true";
  const parts = field.type === "choice" ? choice() : line();

  function line(): Omit<Control, "complain"> & { marked: HTMLElement } {
    const attributes = {
      ...common,
      id,
      name: field.name,
      autocomplete: field.autocomplete,
      "aria-required": required,
      oninput: onChange,
    };
    const input =
      field.type === "textarea"
        ? h("textarea", { ...attributes, rows: "4" })
        : h("input", { ...attributes, type: field.type });
    return {
      element: h("div", { class: "field" }, h("label", { for: id }, field.label), hint, error, input, why),
      get: () => input.value,
      set: (value) => (input.value = value),
      focus: () => input.focus(),
      marked: input,
    };
  }

  function choice(): Omit<Control, "complain"> & { marked: HTMLElement } {
    // A radio button can't be taken back: what may be left out has an option for it.
    const options = field.required
      ? field.options
      : [...field.options, { value: "", label: words("no_answer") }];
    const radios = options.map(({ value }, index) =>
      h("input", {
        type: "radio",
        id: index ? `${id}-${index}` : id,
        name: field.name,
        value,
        onchange: onChange,
      }),
    );
    const group = h(
      "fieldset",
      { ...common, class: "field", role: "radiogroup", "aria-required": required },
      h("legend", {}, field.label),
      hint,
      error,
      h(
        "div",
        { class: "choices" },
        ...options.map(({ label }, index) => h("label", { class: "chip" }, radios[index], label)),
      ),
      why,
    );
    return {
      element: group,
      get: () => radios.find((radio) => radio.checked)?.value ?? "",
      set: (value) => radios.forEach((radio) => (radio.checked = radio.value === value)),
      focus: () => (radios.find((radio) => radio.checked) ?? radios[0])?.focus(),
      marked: group,
    };
  }

  return {
    ...parts,
    complain(text) {
      put(error, text);
      if (text) parts.marked.setAttribute("aria-invalid", "true");
      else parts.marked.removeAttribute("aria-invalid");
    },
  };
}
