/** `socket.io-parser` for JSON in the namespace `/`: type, number of the acknowledgement, data. */
import { Emitter } from "@socket.io/component-emitter";

export const PacketType = {
  CONNECT: 0,
  DISCONNECT: 1,
  EVENT: 2,
  ACK: 3,
  CONNECT_ERROR: 4,
  // Packets with files: they never come, and are refused if they do.
  BINARY_EVENT: 5,
  BINARY_ACK: 6,
};

export interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

const ENCODED = /^([0-4])(?:\/,)?(\d*)(.*)$/s;
// What the library itself says; from outside it would be a lie.
const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting"];

export class Encoder {
  encode({ type, id, data }: Packet): string[] {
    return [`${type}${id ?? ""}${data == null ? "" : JSON.stringify(data)}`];
  }
}

export class Decoder extends Emitter<object, object, { decoded: (packet: Packet) => void }> {
  /** @throws Error for what isn't a packet; the library closes the line then. */
  add(encoded: unknown): void {
    const found = typeof encoded === "string" && ENCODED.exec(encoded);
    if (!found) throw new Error("not a packet");
    const [, type, id, json] = found;
    const packet: Packet = { type: Number(type), nsp: "/" };
    if (id) packet.id = Number(id);
    if (json) packet.data = JSON.parse(json);
    if (!isValid(packet)) throw new Error("not a packet");
    this.emitReserved("decoded", packet);
  }

  destroy(): void {}
}

function isValid({ type, data }: Packet): boolean {
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  switch (type) {
    case PacketType.CONNECT:
      return isObject;
    case PacketType.DISCONNECT:
      return data === undefined;
    case PacketType.CONNECT_ERROR:
      return isObject || typeof data === "string";
    case PacketType.EVENT:
      return Array.isArray(data) && typeof data[0] === "string" && !RESERVED.includes(data[0]);
    default:
      return Array.isArray(data);
  }
}
