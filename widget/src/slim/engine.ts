/** `engine.io-client` with the two transports that are needed everywhere. */
import { Socket as Engine } from "../../node_modules/engine.io-client/build/esm/socket.js";
import { Fetch } from "../../node_modules/engine.io-client/build/esm/transports/polling-fetch.js";
import { WS } from "../../node_modules/engine.io-client/build/esm/transports/websocket.js";

export { installTimerFunctions } from "../../node_modules/engine.io-client/build/esm/util.js";
export { nextTick } from "../../node_modules/engine.io-client/build/esm/globals.js";

/** An engine that begins by polling, which passes every proxy, and changes to a web socket. */
export class Socket extends Engine {
  constructor(uri: string, options: object) {
    super(uri as never, { ...options, transports: [Fetch, WS] });
  }
}
