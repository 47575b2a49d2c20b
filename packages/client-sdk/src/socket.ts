import { decodeServerFrame, type ServerEnvelope, subprotocol } from '@hotplex/aep-protocol';
import type { ClientClock } from './client-clock.ts';
import type { WebSocketConstructor, WebSocketLike } from './web-socket.ts';

type SocketOptions = {
  url: string;
  webSocket: WebSocketConstructor;
  /** For the handshake, where the platform can. */
  headers: Record<string, string>;
  clock: ClientClock;
  /** Called with each silence of this length; two in a row and the link counts as dead. */
  quietMs: number;
  onOpen(): void;
  onEnvelope(envelope: ServerEnvelope): void;
  /** A frame of a kind that this client does not know, by its number. */
  onUnknown(seq: number): void;
  /** The link went quiet: ask whether somebody is there. */
  onQuiet(): void;
  /** Called exactly once. */
  onClose(code: number, reason: string): void;
};

/** One WebSocket's life: frames in, frames out, and the end told once. Never reconnects. */
export class Socket {
  readonly #options: SocketOptions;
  readonly #ws: WebSocketLike;
  #over = false;
  #silences = 0;
  /** When the last frame came, or the last silence was told. */
  #heardAt = 0;
  #cancelQuiet: () => void = () => {};

  constructor(options: SocketOptions) {
    this.#options = options;
    const { url, webSocket, headers } = options;
    const hasHeaders = Object.keys(headers).length > 0;
    const ws = hasHeaders
      ? new webSocket(url, [subprotocol], { headers })
      : new webSocket(url, [subprotocol]);
    this.#ws = ws;
    ws.onopen = () => {
      if (this.#over) return;
      this.#heardAt = options.clock.now();
      this.#listen(options.quietMs);
      options.onOpen();
    };
    ws.onmessage = (event: { data: unknown }) => {
      if (this.#over || typeof event.data !== 'string') return;
      this.#silences = 0;
      this.#heardAt = options.clock.now();
      const decoded = decodeServerFrame(event.data);
      if (decoded.outcome === 'event') options.onEnvelope(decoded.envelope);
      else if (decoded.outcome === 'ignored') options.onUnknown(decoded.seq);
    };
    ws.onclose = (event: { code: number; reason: string }) => this.#end(event.code, event.reason);
    ws.onerror = () => {};
  }

  send(frame: string): void {
    if (!this.#over) this.#ws.send(frame);
  }

  /** Ends the link at once as far as this client is concerned. */
  close(code = 1000, reason = ''): void {
    if (this.#over) return;
    this.#ws.close(code === 1000 ? 1000 : 4000, reason);
    this.#end(code, reason);
  }

  /** One timer for many frames: where one was heard meanwhile it waits on. */
  #listen(waitMs: number): void {
    const { clock, quietMs } = this.#options;
    this.#cancelQuiet = clock.after(waitMs, () => {
      const now = clock.now();
      // A clock that was set back tells of a time to come.
      this.#heardAt = Math.min(this.#heardAt, now);
      const left = quietMs - (now - this.#heardAt);
      if (left > 0) return this.#listen(left);
      this.#heardAt = now;
      this.#silences += 1;
      if (this.#silences >= 2) {
        this.close(1006, 'the link is dead');
        return;
      }
      this.#options.onQuiet();
      this.#listen(quietMs);
    });
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelQuiet();
    this.#options.onClose(code, reason);
  }
}
