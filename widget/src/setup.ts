/** What the widget needs to start; asked for until it comes. */
import type { Setup } from "./protocol";
import { PATH } from "./protocol";

/** For as long as the server can't be reached: a widget that says so, in English. */
export const NO_SETUP: Setup = {
  language: "en",
  languages: [],
  direction: "ltr",
  texts: {},
  page_url: "",
  links: [],
  form: { fields: [], consent: "" },
};

const FIRST_MS = 2000;
const SLOWEST_MS = 30_000;

/** Return the setup in a language, or null when `isWanted` says no any more. */
export async function fetchSetup(
  server: string,
  language: string,
  isWanted: () => boolean,
  onFailure: () => void,
): Promise<Setup | null> {
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 2, SLOWEST_MS)) {
    try {
      const address = `${server}${PATH}/setup?language=${encodeURIComponent(language)}`;
      const response = await fetch(address, { credentials: "omit" });
      if (!isWanted()) return null;
      if (response.ok) return { ...NO_SETUP, ...((await response.json()) as Setup) };
    } catch {
      // Not there, or not JSON: the same to us.
    }
    onFailure();
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!isWanted()) return null;
  }
}
