/** What the widget and the server say to each other: PROTOCOL.md, as types. */

export interface Setup {
  language: string;
  languages: { code: string; name: string }[];
  direction: "ltr" | "rtl";
  texts: Record<string, string>;
  page_url: string;
  links: string[];
  form: { fields: Field[]; consent: string };
}

export interface Field {
  name: string;
  label: string;
  hint: string;
  why: string;
  type: "text" | "email" | "tel" | "choice" | "textarea";
  autocomplete: string;
  required: boolean;
  options: { value: string; label: string }[];
}

export interface Entry {
  id: string;
  from: "visitor" | "bot";
  time: number;
  text: string;
  buttons?: Button[];
  outcome?: Outcome;
}

export interface Button {
  title: string;
  payload: string;
}

export interface Source {
  document: string;
  /** Of the quote. */
  language?: string;
  section: string;
  anchor: string;
  quote: string;
  retrieved: string;
}

export interface Outcome {
  kind: string;
  topic?: string | null;
  sources?: Source[];
  parts?: Outcome[];
  reference?: string;
  form?: FormState;
}

export interface FormState {
  step: string;
  values: Record<string, string>;
  errors: Record<string, string>;
  complete: boolean;
}

export interface Session {
  token: string;
  entries: Entry[];
  waiting: string[];
  form: boolean;
}

export interface Entries {
  to: string;
  entries: Entry[];
  filled?: boolean;
  /** Of replies: the consultation form is open after them. */
  form?: boolean;
}

export type Taken =
  | { ok: true }
  | {
      ok: false;
      code: "too_long" | "too_many" | "invalid" | "unavailable";
      text: string;
      retry_after_seconds?: number;
    };

export interface Fill {
  values?: Record<string, string>;
  consent?: boolean;
  send?: boolean;
}

/** What a visitor can say about an answer. */
export const FEEDBACK = ["helpful", "wrong", "outdated"] as const;
export type Feedback = (typeof FEEDBACK)[number];

/** Everything is below this path of the server. */
export const PATH = "/webhooks/website";
/** Of one message, in characters as the server counts them. */
export const LONGEST = 4000;
