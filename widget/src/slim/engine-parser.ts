/** `engine.io-parser` for text: one digit for the type, then the data. */

export const protocol = 4;

const TYPES = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
const SEPARATOR = "\x1e";

interface Packet {
  type: string;
  data?: string;
}

export function encodePacket(packet: Packet, _: boolean, give: (encoded: string) => void): void {
  give(encode(packet));
}

export function decodePacket(encoded: unknown): Packet {
  const text = typeof encoded === "string" ? encoded : "";
  const type = TYPES[parseInt(text.charAt(0), 10)];
  if (!type) return { type: "error", data: "parser error" };
  return text.length > 1 ? { type, data: text.slice(1) } : { type };
}

export function encodePayload(packets: Packet[], give: (encoded: string) => void): void {
  give(packets.map(encode).join(SEPARATOR));
}

export function decodePayload(encoded: string): Packet[] {
  return encoded.split(SEPARATOR).map(decodePacket);
}

function encode({ type, data }: Packet): string {
  return TYPES.indexOf(type) + (data ?? "");
}
