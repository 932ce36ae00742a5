import { describe, expect, it } from "vitest";
import { decodePacket, decodePayload, encodePayload } from "../src/slim/engine-parser";
import { Decoder, Encoder, type Packet, PacketType } from "../src/slim/parser";

function decoded(text: unknown): Packet {
  let packet: Packet | undefined;
  const decoder = new Decoder();
  decoder.on("decoded", (found: Packet) => (packet = found));
  decoder.add(text);
  return packet!;
}

describe("packets that are refused", () => {
  it.each([
    "",
    "x",
    "7",
    "2",
    '2{"not":"a list"}',
    "2[7]",
    '2["disconnect"]',
    "2[not json",
    "3{}",
    "0[]",
    '51-["file",{"_placeholder":true,"num":0}]',
    '2/admin,["x"]',
    new ArrayBuffer(1),
  ])("%s", (text) => expect(() => decoded(text)).toThrow());

  it("is an error for the engine as well", () => {
    expect(decodePacket("9x").type).toBe("error");
    expect(decodePacket(new ArrayBuffer(1)).type).toBe("error");
  });
});

describe("packets", () => {
  it.each([
    [{ type: PacketType.CONNECT, nsp: "/", data: { token: null } }, '0{"token":null}'],
    [{ type: PacketType.EVENT, nsp: "/", id: 12, data: ["message", { text: "1/,[" }] }, '212["message",{"text":"1/,["}]'],
    [{ type: PacketType.ACK, nsp: "/", id: 0, data: [{ ok: true }] }, '30[{"ok":true}]'],
    [{ type: PacketType.CONNECT_ERROR, nsp: "/", data: { message: "x\ny" } }, '4{"message":"x\\ny"}'],
    [{ type: PacketType.DISCONNECT, nsp: "/" }, "1"],
  ])("%o", (packet, text) => {
    expect(new Encoder().encode(packet)).toEqual([text]);
    expect(decoded(text)).toEqual(packet);
  });

  it("travel together", () => {
    const packets = [{ type: "message", data: '2["a"]' }, { type: "ping" }];
    encodePayload(packets, (text) => {
      expect(text).toBe('42["a"]\x1e2');
      expect(decodePayload(text)).toEqual(packets);
    });
    expect.assertions(2);
  });
});
