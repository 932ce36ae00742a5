import { expect, it } from "vitest";
import { serverOf } from "../src/element";
import { firstLanguage } from "../src/language";

it.each([
  ["https://chat.example", "https://chat.example"],
  ["https://chat.example/", "https://chat.example"],
  ["https://clinic.example/chat/", "https://clinic.example/chat"],
  ["https://chat.example/webhooks/website/widget.js?v=3", "https://chat.example"],
  ["https://clinic.example/chat/webhooks/website/widget.js", "https://clinic.example/chat"],
  ["https://clinic.example/assets/widget.js", "https://clinic.example"],
])("finds the server of %s", (address, server) => expect(serverOf(address)).toBe(server));

it.each([
  [["", null, undefined], "en"],
  [["<b>", "es-MX"], "es"],
  [["zh_CN", "es"], "zh"],
  [["", "PT"], "pt"],
])("begins with the first language that is one: %s", (wanted, language) => {
  expect(firstLanguage(...(wanted as string[]))).toBe(language);
});
