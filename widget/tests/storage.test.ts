import { describe, expect, it } from "vitest";
import { createStore } from "../src/storage";

function browserStorage(items: Record<string, string> = {}): Storage {
  return {
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, value: string) => void (items[name] = value),
    removeItem: (name: string) => void delete items[name],
  } as unknown as Storage;
}

describe("storage that is denied", () => {
  it("goes on from memory", () => {
    const store = createStore("a ", () => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(store.read("x")).toBeUndefined();
    store.write("x", [1]);
    expect(store.read("x")).toEqual([1]);
    store.remove("x");
    expect(store.read("x")).toBeUndefined();
  });

  it("keeps the newest when it is full", () => {
    const storage = browserStorage({ "a x": "1" });
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const store = createStore("a ", () => storage);
    store.write("x", 2);
    expect(store.read("x")).toBe(2);
  });
});

it("takes what isn't ours for nothing", () => {
  expect(createStore("a ", () => browserStorage({ "a x": "not JSON" })).read("x")).toBeUndefined();
});

it("sees what another tab wrote", () => {
  const storage = browserStorage();
  const store = createStore("a ", () => storage);
  store.write("x", 1);
  storage.setItem("a x", "2");
  expect(store.read("x")).toBe(2);
});

it("keeps servers apart", () => {
  const storage = browserStorage();
  createStore("a ", () => storage).write("token", "secret");
  expect(createStore("b ", () => storage).read("token")).toBeUndefined();
});
