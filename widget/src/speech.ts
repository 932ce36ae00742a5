/** Speaking instead of typing, where the browser can do it. */

interface Recognition {
  lang: string;
  onresult: (event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void;
  onend: () => void;
  start(): void;
  stop(): void;
}

type Maker = new () => Recognition;

function maker(): Maker | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Record<string, Maker>;
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** Say whether this browser listens. */
export function canListen(): boolean {
  return !!maker();
}

/**
 * Listen to one utterance; what was understood goes to `take`. Nothing is sent by it: people see
 * first what was understood.
 *
 * @returns what stops it early.
 */
export function listen(language: string, take: (text: string) => void, end: () => void): () => void {
  const recognition = new (maker()!)();
  recognition.lang = language;
  recognition.onresult = ({ results }) =>
    take(Array.from(results, (result) => result[0]?.transcript ?? "").join(" ").trim());
  recognition.onend = end;
  try {
    recognition.start();
  } catch {
    end(); // denied, or listening already
  }
  return () => recognition.stop();
}
