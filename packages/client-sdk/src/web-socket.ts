/** The part of the platform's WebSocket this client uses; browsers and Node ≥ 22 have one. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** With headers, if it can, as the package `ws` takes them. */
export type WebSocketConstructor = new (
  url: string,
  protocols?: string | string[],
  options?: { headers: Record<string, string> },
) => WebSocketLike;

/** The platform's own. Browsers let no page set headers; Node takes them together with the protocols (undici). */
export function platformWebSocket(): WebSocketConstructor {
  const Platform = globalThis.WebSocket as unknown as new (url: string, how?: unknown) => WebSocketLike;
  const isNode = globalThis.navigator?.userAgent?.startsWith('Node.js') === true;
  if (!isNode) return Platform;
  return class extends Platform {
    constructor(url: string, protocols?: string | string[], options?: { headers: Record<string, string> }) {
      super(url, options ? { protocols, ...options } : protocols);
    }
  };
}

/** The socket's address for a gateway's: http becomes ws, and `/ws` is added when there is no path. */
export function socketUrl(url: string): string {
  const parsed = new URL(url);
  parsed.protocol = parsed.protocol.replace(/^http/, 'ws');
  if (parsed.pathname === '/') parsed.pathname = '/ws';
  return parsed.href;
}

/** The HTTP origin of a gateway's address, whichever form it was given in. */
export function httpOrigin(url: string): string {
  const parsed = new URL(url);
  parsed.protocol = parsed.protocol.replace(/^ws/, 'http');
  return parsed.origin;
}
