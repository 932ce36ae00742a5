/** The consultation form's logic: what stands in the fields, and where an error belongs. */
import type { Field, FormState } from "./protocol";

export type Values = Record<string, string>;

export interface FieldError {
  /** The field to go to. */
  name: string;
  text: string;
}

/** Return what stands in the fields: what was typed here and not sent yet, or what the server has. */
export function valuesOf(fields: readonly Field[], server: Values, draft: Values): Values {
  return Object.fromEntries(
    fields.map(({ name }) => [name, draft[name] ?? server[name] ?? ""]),
  );
}

/**
 * Return the draft without what the server has by now: what was sent and taken, and what was
 * answered in the chat since.
 */
export function draftAfter(draft: Values, before: FormState | null, now: FormState): Values {
  return Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => {
      if (now.errors[name]) return true;
      const has = now.values[name] ?? "";
      const isNew = before !== null && has !== (before.values[name] ?? "");
      return !isNew && has !== value;
    }),
  );
}

/**
 * Return the server's errors in the order of the fields. One on both contacts belongs to the first
 * of them; one on something that isn't a field has no place and goes to the summary only.
 */
export function errorsOf(fields: readonly Field[], errors: Record<string, string>): FieldError[] {
  const names = fields.map(({ name }) => name);
  const contact = names.find((name) => name === "email" || name === "phone") ?? "";
  const found = Object.entries(errors)
    .filter(([name, text]) => name !== "consent" && text)
    .map(([name, text]) => ({ name: name === "contact" ? contact : name, text }))
    .map((error) => (names.includes(error.name) ? error : { ...error, name: "" }));
  const place = ({ name }: FieldError): number => (name ? names.indexOf(name) : names.length);
  return found.sort((one, other) => place(one) - place(other));
}

/** Return how a value reads: the label of a choice, or what was typed. */
export function shown(field: Field, value: string): string {
  return field.options.find((option) => option.value === value)?.label ?? value;
}
