import { closeCodes } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { WsServer } from './ws-server.ts';

type Line = ReturnType<WsServer['accept']>;
type Handshake = { headers: Record<string, string> };

/** As clients open their sockets. */
export type LocalSocketClass = new (
  url: string,
  protocols?: string | string[],
  options?: Handshake,
) => LocalSocket;

/**
 * The client's end of a socket that leaves no process, with what a browser's WebSocket has of it
 * (https://websockets.spec.whatwg.org/). Its frames are those of any other client, and so are limits, audit and policy.
 * What arrives is handed over in a turn of the event loop of its own: no side runs inside a call of the other.
 */
export class LocalSocket {
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #line: Line;
  readonly #waiting: string[] = [];
  #isPaused = false;
  #isOver = false;

  constructor(
    sockets: Pick<WsServer, 'accept'>,
    { subject, traceparent }: { subject: string; traceparent: string | undefined },
  ) {
    const socket = {
      send: (frames: readonly Buffer[], flushed?: () => void) =>
        void setImmediate(() => this.#deliver(frames, flushed)),
      pause: () => {
        this.#isPaused = true;
      },
      resume: () => this.#resume(),
      close: (code: number, reason: string) => void setImmediate(() => this.#end(code, reason)),
    };
    this.#line = sockets.accept(socket, {
      ...{ attempt: { address: 'own process', origin: null }, identity: ownIdentity(subject) },
      ...{ offeredSubprotocol: true, traceparent, settled() {} },
    });
    setImmediate(() => this.onopen?.({}));
  }

  send(data: string): void {
    if (this.#isOver) return;
    if (this.#isPaused) this.#waiting.push(data);
    else this.#line.receive(data);
  }

  close(code: number = closeCodes.done.code, reason = ''): void {
    this.#end(code, reason);
  }

  #deliver(frames: readonly Buffer[], flushed: (() => void) | undefined): void {
    for (const frame of frames) if (!this.#isOver) this.onmessage?.({ data: frame.toString() });
    if (!this.#isOver) flushed?.();
  }

  #resume(): void {
    this.#isPaused = false;
    for (const data of this.#waiting.splice(0)) this.send(data);
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#line.end();
    this.onclose?.({ code, reason });
  }
}

/** A client of the gateway's own process: nobody has to prove there who he is. */
function ownIdentity(subject: string): Identity {
  return {
    ...{ subject, botId: null, role: 'driver', method: 'own_process' },
    ...{ expiresAt: null, tokenId: null, signedInAt: null },
  };
}

/** The same as a class, for clients that open their sockets themselves: each is this user. */
export function createLocalSocket(sockets: Pick<WsServer, 'accept'>, subject: string): LocalSocketClass {
  return class extends LocalSocket {
    constructor(_url: string, _protocols?: string | string[], options?: Handshake) {
      super(sockets, { subject, traceparent: options?.headers.traceparent });
    }
  };
}
