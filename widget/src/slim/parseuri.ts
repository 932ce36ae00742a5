/** The library's taking apart of an address, by the browser's own. */
export function parse(address: string): { host: string; protocol: string; port: string } {
  const { hostname, protocol, port } = new URL(address, location.href);
  return { host: hostname, protocol: protocol.slice(0, -1), port };
}
