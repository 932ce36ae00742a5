import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
      // The library's own private names; nobody outside the bundle uses them.
      mangle: { properties: { regex: /^_[a-z]\w*$/i } },
      format: { comments: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    // The bundle is built once, for the test of its size.
    testTimeout: 60_000,
  },
});
