/** The line to the server: comes back by itself, for as long as it takes. */
import { Manager } from "socket.io-client";
import type { Entries, Session } from "./protocol";
import { PATH } from "./protocol";

export interface Handlers {
  /** The token and the language, asked for at every connecting: another tab may have changed them. */
  auth(): { token: string | null; language: string };
  onSession(session: Session): void;
  onEntries(entries: Entries): void;
  onRestarted(token: string): void;
  /** The line is up, or down; `problem` is the server's reason in words, if it gave one. */
  onLine(isUp: boolean, problem?: string): void;
}

export interface Connection {
  readonly isUp: boolean;
  open(): void;
  /** Leave the conversation's line and take it up again, with another token. */
  reopen(): void;
  close(): void;
  /** Send something; rejects when there is no line, or no acknowledgement in time. */
  send<T>(event: string, data: unknown): Promise<T>;
}

const ACKNOWLEDGED_MS = 10_000;
const SLOWEST_RETRY_MS = 30_000;

export function createConnection(server: string, handlers: Handlers): Connection {
  const { origin, pathname } = new URL(server);
  const manager = new Manager(origin, {
    path: pathname.replace(/\/$/, "") + PATH + "/socket.io",
    autoConnect: false,
    reconnectionDelayMax: SLOWEST_RETRY_MS,
  });
  const socket = manager.socket("/", { auth: (give) => give(handlers.auth()) });
  let isUp = false;
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function down(problem?: string): void {
    isUp = false;
    if (isWanted) handlers.onLine(false, problem);
  }

  function again(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => isWanted && socket.connect(), milliseconds);
  }

  socket.on("session", (session: Session) => {
    isUp = true;
    handlers.onSession(session);
    handlers.onLine(true);
  });
  socket.on("entries", (entries: Entries) => handlers.onEntries(entries));
  socket.on("restarted", ({ token }: { token: string }) => handlers.onRestarted(token));
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return; // by ourselves
    down();
    // Only a line that broke is taken up again by the library itself.
    if (reason === "io server disconnect") again(1000);
  });
  socket.on("connect_error", (error: Error & { data?: Refusal }) => {
    down(error.data?.text);
    // Refused by the server: the library gives up then, we come back when it allows.
    if (!socket.active) again((error.data?.retry_after_seconds ?? 30) * 1000);
  });
  // No need to wait for the next try when the network is back.
  addEventListener("online", () => isWanted && !isUp && again(0));

  return {
    get isUp() {
      return isUp;
    },
    open() {
      if (isWanted) return;
      isWanted = true;
      socket.connect();
    },
    reopen() {
      isUp = false;
      socket.disconnect();
      again(0);
    },
    close() {
      isWanted = false;
      clearTimeout(timer);
      socket.disconnect();
    },
    async send<T>(event: string, data: unknown): Promise<T> {
      // The library would keep it and send it later, beside our own queue.
      if (!isUp || !socket.connected) throw new Error("no connection");
      return (await socket.timeout(ACKNOWLEDGED_MS).emitWithAck(event, data)) as T;
    },
  };
}

interface Refusal {
  code?: string;
  text?: string;
  retry_after_seconds?: number;
}
