/** The conversation as plain text, to keep, print or show to a doctor. */
import type { Shown } from "./state";
import type { Words } from "./texts";

/**
 * @param pageUrl the page that answers come from; empty when it isn't known.
 * @param date writes a time for people.
 */
export function transcript(
  entries: readonly Shown[],
  words: Words,
  title: string,
  pageUrl: string,
  date: (time: number) => string,
): string {
  const head = [title, words("notice"), words("notice_emergency"), pageUrl];
  const body = entries.map((entry) => {
    const name = words(entry.from === "bot" ? "assistant_says" : "you_said");
    const isSent = !entry.state || entry.state === "taken";
    const mark = isSent ? "" : ` (${words(entry.state === "refused" ? "not_sent" : "waiting")})`;
    return `${name} [${date(entry.time)}]${mark}\n${entry.text}`;
  });
  return [head.filter(Boolean).join("\n"), ...body].join("\n\n") + "\n";
}
