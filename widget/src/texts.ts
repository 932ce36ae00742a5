/** Words. They come from the server, in the visitor's language; only what is needed without it is here. */

/** For as long as the server can't be reached. */
const FALLBACKS: Record<string, string> = {
  title: "Questions about this page",
  launcher: "Ask a question",
  subtitle: "Automatic assistant",
  notice: "I am automatic and give no medical advice.",
  notice_emergency: "In an emergency, call your local emergency number now (112, 911, 999 or 120).",
  input: "Your question",
  offline: "I can't reach the server right now. I keep trying. What you type here is kept.",
  waiting: "Waiting to be sent",
};

export type Words = (name: string, values?: Record<string, string | number>) => string;

/**
 * Return what looks up a text of the widget by its name without `widget_`, its {blanks} filled.
 *
 * A control without a name can't be used by everyone: a text that is missing becomes its own name,
 * in words.
 */
export function createWords(texts: Record<string, string>): Words {
  return (name, values = {}) =>
    (texts["widget_" + name] || FALLBACKS[name] || sentence(name)).replace(
      /\{(\w+)\}/g,
      (blank, key: string) => String(values[key] ?? blank),
    );
}

function sentence(name: string): string {
  const words = name.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
