/**
 * Fields of the consultation form on their way. Like a message a fill goes out until it is stored;
 * unlike one it is kept in memory only, for it is somebody's personal data.
 */
import { newId } from "./id";
import type { Fill, Session, Taken } from "./protocol";

export interface Filler {
  /** Send fields, instead of what was to be sent before. */
  fill(data: Fill): void;
  /** Go on when the line is up again; asks for the reply that was missed while it was down. */
  resume(session: Session): void;
  /** Say whether a reply is the one that is waited for, and stop waiting. */
  isReply(to: string): boolean;
  clear(): void;
}

const RETRY_MS = 5000;

/**
 * @param send resolves with the server's answer, and rejects when there was none.
 * @param refuse hears the server's words; `isOver` when it won't be tried again.
 */
export function createFiller(
  send: (fill: Fill & { id: string }) => Promise<Taken>,
  refuse: (words: string, isOver: boolean) => void,
  isOnline: () => boolean,
): Filler {
  let pending: (Fill & { id: string }) | undefined;
  let isTaken = false;

  async function go(): Promise<void> {
    const mine = pending;
    if (!mine || isTaken) return;
    const later = (milliseconds: number): void => {
      setTimeout(() => pending === mine && void go(), milliseconds);
    };
    let taken: Taken;
    try {
      taken = await send(mine);
    } catch {
      if (isOnline()) later(RETRY_MS);
      return;
    }
    if (pending !== mine) return;
    if (taken.ok) {
      isTaken = true;
      return;
    }
    const isRushed = taken.code === "too_many";
    if (isRushed) later((taken.retry_after_seconds ?? RETRY_MS / 1000) * 1000);
    else pending = undefined;
    refuse(taken.text, !isRushed);
  }

  function fill(data: Fill): void {
    pending = { ...data, id: newId() };
    isTaken = false;
    void go();
  }

  return {
    fill,
    resume(session) {
      if (!pending) return;
      if (session.waiting.includes(pending.id)) isTaken = true;
      // Filling in the same fields twice does no harm, and only a new fill has a new reply. A form
      // that was sent is closed: the history has its receipt.
      else if (session.form) fill(isTaken ? {} : { ...pending });
      else pending = undefined;
    },
    isReply(to) {
      const isIt = pending?.id === to;
      if (isIt) pending = undefined;
      return isIt;
    },
    clear() {
      pending = undefined;
    },
  };
}
