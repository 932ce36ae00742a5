import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const INSIDE = `emitReserved setTimeoutFn clearTimeoutFn priorWebsocketSuccess skipReconnect
  sendBuffer receiveBuffer transportImplementations supportsBinary notifyOutgoingListeners
  setDisableHeaderCheck createTransport createRequest setTransport responseArgs requestsCount
  addEventListeners maybeReconnectOnOpen onreconnect ondecoded onpacket onevent subEvents
  emitBuffered ackTimeout fromQueue tryCount createUri createSocket doWrite doClose doOpen doPoll
  pollXhr onHandshake tryAllTransports closeOnBeforeunload timestampRequests timestampParam
  reconnectionDelayMax reconnectionDelay reconnectionAttempts randomizationFactor`.split(/\s+/);

export default defineConfig({
  resolve: {
    // src/slim/README.md says why.
    alias: [
      { find: /^socket\.io-client$/, replacement: file("node_modules/socket.io-client/build/esm/manager.js") },
      { find: /^engine\.io-client$/, replacement: file("src/slim/engine.ts") },
      { find: /^engine\.io-parser$/, replacement: file("src/slim/engine-parser.ts") },
      { find: /^socket\.io-parser$/, replacement: file("src/slim/parser.ts") },
      { find: /^\.\/contrib\/parseuri\.js$/, replacement: file("src/slim/parseuri.ts") },
      { find: /^\.\/transports\/index\.js$/, replacement: file("src/slim/transports.ts") },
    ],
  },
  build: {
    target: "es2022",
    lib: { entry: file("src/main.ts"), name: "sma", formats: ["iife"], fileName: () => "widget.js" },
    minify: "terser",
    terserOptions: {
      compress: { passes: 3, pure_getters: true, ecma: 2020, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
      // Names that only the library itself uses, and never as texts.
      mangle: { properties: { regex: new RegExp(`^(_[a-z]\\w*|${INSIDE.join("|")})$`) } },
      format: { comments: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    // The bundle is built once, for the test of its size.
    hookTimeout: 120_000,
  },
});
