import type { WebSocketConstructor, WebSocketLike } from '@hotplex/client-sdk';
import type { Line } from './front-door.ts';
import type { Socket } from './socket.ts';

/** Lets a client in that stands inside a front door: as one from outside, but for the network between. */
export function innerWebSocket(connect: (socket: Socket) => Line): WebSocketConstructor {
  return class InnerWebSocket implements WebSocketLike {
    onopen: WebSocketLike['onopen'] = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: WebSocketLike['onerror'] = null;
    #line: Line | undefined;
    #isOver = false;

    constructor() {
      // As over a network, nothing is answered before whoever asked has gone on.
      setImmediate(() => this.#open());
    }

    send(data: string): void {
      this.#line?.receive(data);
    }

    close(code = 1000, reason = ''): void {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#line?.closed();
      setImmediate(() => this.onclose?.({ code, reason }));
    }

    #open(): void {
      if (this.#isOver) return;
      this.#line = connect({
        send: (frames, flushed) => void setImmediate(() => this.#hear(frames, flushed)),
        pause: () => {},
        resume: () => {},
        close: (code, reason) => void setImmediate(() => this.close(code, reason)),
      });
      (this.onopen as (() => void) | null)?.();
    }

    #hear(frames: readonly Buffer[], flushed: (() => void) | undefined): void {
      if (this.#isOver) return;
      for (const frame of frames) this.onmessage?.({ data: frame.toString() });
      flushed?.();
    }
  };
}
