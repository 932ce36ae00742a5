import { describe, expect, it } from "vitest";
import { draftAfter, errorsOf, shown, valuesOf } from "../src/form";
import type { Field, FormState } from "../src/protocol";

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  hint: "",
  why: "",
  type: "text",
  autocomplete: "off",
  required: true,
  options: [],
  ...more,
});
const FIELDS = ["contact_name", "email", "phone", "place"].map((name) => field(name));
const form = (values: FormState["values"], errors: FormState["errors"] = {}): FormState => ({
  step: "",
  values,
  errors,
  complete: false,
});

describe("errors", () => {
  it("come in the order of the fields", () => {
    const errors = errorsOf(FIELDS, { place: "c", contact_name: "a", phone: "b" });
    expect(errors.map(({ name }) => name)).toEqual(["contact_name", "phone", "place"]);
  });

  it("on both contacts belong to the first of them", () => {
    expect(errorsOf(FIELDS, { contact: "one of them" })).toEqual([{ name: "email", text: "one of them" }]);
  });

  it("on what isn't a field are not lost", () => {
    expect(errorsOf(FIELDS, { toString: "x", place: "y" })).toEqual([
      { name: "place", text: "y" },
      { name: "", text: "x" },
    ]);
  });

  it("on the consent belong to the review", () => {
    expect(errorsOf(FIELDS, { consent: "tick it" })).toEqual([]);
  });
});

describe("what stands in the fields", () => {
  it("is what was typed last, an emptied field too", () => {
    const values = valuesOf(FIELDS, { place: "Lisbon", phone: "+1" }, { place: "Porto", phone: "" });
    expect(values).toEqual({ contact_name: "", email: "", phone: "", place: "Porto" });
  });

  it("leaves the draft when the server took it, and stays with an error", () => {
    const draft = { place: "Porto", email: "ana@", phone: "+1" };
    const now = form({ place: "Porto" }, { email: "not an address" });
    expect(draftAfter(draft, form({}), now)).toEqual({ email: "ana@", phone: "+1" });
  });

  it("gives way to what was answered in the chat since", () => {
    expect(draftAfter({ place: "Porto" }, form({}), form({ place: "Faro" }))).toEqual({});
    expect(draftAfter({ place: "Porto" }, form({ place: "Faro" }), form({ place: "Faro" }))).toEqual({ place: "Porto" });
  });
});

it("reads a choice by its label", () => {
  const choice = field("for_whom", { type: "choice", options: [{ value: "self", label: "Myself" }] });
  expect(shown(choice, "self")).toBe("Myself");
  expect(shown(choice, "my aunt")).toBe("my aunt");
});
