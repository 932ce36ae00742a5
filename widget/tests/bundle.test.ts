import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = join(__dirname, "..");
const LARGEST = 22 * 1024;

let code = "";

beforeAll(async () => {
  const built = await build({ root: ROOT, logLevel: "error", build: { write: false } });
  const [result] = Array.isArray(built) ? built : [built];
  if (!result || !("output" in result)) throw new Error("nothing was built");
  expect(result.output).toHaveLength(1);
  code = result.output[0].code;
});

describe("the bundle", () => {
  it("is small", () => {
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(LARGEST);
  });

  it.each(["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "import("])(
    "has no %s",
    (forbidden) => expect(code).not.toContain(forbidden),
  );

  it("names no address of anybody else", () => {
    const addresses = code.match(/https?:\/\/[\w.-]+/g) ?? [];
    // The name of SVG's namespace, and an address in the words of an error of the library.
    const names = ["http://www.w3.org", "https://socket.io"];
    expect(addresses.filter((address) => !names.includes(address))).toEqual([]);
  });
});

it("sets no inline style and no listener as an attribute", () => {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const text = readFileSync(join(ROOT, "src", file), "utf8");
    expect(text, file).not.toMatch(/\bstyle:\s*["'`]|setAttribute\("(style|on)/);
  }
});

it("has a lock file without addresses of a registry", () => {
  expect(readFileSync(join(ROOT, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});
