/** Where a listener is opened. */
export type ListenAddress = { host: string; port: number };

/** The two halves of `host:port`, as the configuration writes it; an IPv6 host stands in brackets there. */
export function splitAddress(address: string): ListenAddress {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  return { host, port: Number(address.slice(at + 1)) };
}

/** The address as the beginning of a link. */
export function toUrl({ host, port }: ListenAddress, scheme: 'http' | 'https' = 'http'): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether only this machine can reach a listener at this host. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', '::1', 'localhost'].includes(host);
}
