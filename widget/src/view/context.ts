/** What the parts of the screen know of the rest: words, settings, the conversation, and deeds. */
import type { Feedback, Fill, Setup } from "../protocol";
import type { State } from "../state";
import type { Store } from "../storage";
import type { Words } from "../texts";

export interface Options {
  server: string;
  title?: string;
  language?: string;
  primary?: string;
  position?: string;
  avatar?: string;
  greeting?: string;
  question?: string;
  open: boolean;
}

export interface Context {
  readonly options: Options;
  readonly setup: Setup;
  readonly words: Words;
  readonly state: State;
  readonly title: string;
  /** Kept for the tab only: what is typed and not sent. */
  readonly tab: Store;
  /** Send `text`; on the screen `shown` stands for it. */
  say(text: string, shown?: string): void;
  sayAgain(id: string): void;
  fill(data: Fill): void;
  rate(entry: string, value: Feedback): Promise<boolean>;
  setLanguage(code: string): void;
  readonly textSize: number;
  setTextSize(size: number): void;
  restart(): Promise<boolean>;
  transcript(): string;
  close(): void;
}
