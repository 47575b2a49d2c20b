import { closeCodes } from '@hotplex/aep-protocol';
import type { WebSocketConstructor, WebSocketLike } from '@hotplex/client-sdk';
import type { Line } from './front-door.ts';
import type { Socket } from './socket.ts';
import type { SlowReader } from './visitor-writer.ts';

/** Makes the gateway’s end of a socket; `traceparent` is what the client’s handshake would have said. */
type Connect = (socket: Socket, traceparent: string | undefined) => Line;

/**
 * Lets a client of this process in: as one from outside, but for the network between, and so with the same frames,
 * limits, audit and policy. As over a network, no side runs inside a call of the other. What a client hands on to somebody
 * has left the process only when its reader has taken it.
 */
export function innerWebSocket(connect: Connect, reader?: SlowReader): WebSocketConstructor {
  return class InnerWebSocket implements WebSocketLike {
    onopen: WebSocketLike['onopen'] = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: WebSocketLike['onerror'] = null;
    readonly #traceparent: string | undefined;
    readonly #waiting: string[] = [];
    #line: Line | undefined;
    #isPaused = false;
    #isOver = false;

    constructor(_url: string, _protocols?: string | string[], options?: { headers: Record<string, string> }) {
      this.#traceparent = options?.headers.traceparent;
      setImmediate(() => this.#open());
    }

    send(data: string): void {
      if (this.#isPaused) this.#waiting.push(data);
      else this.#line?.receive(data);
    }

    close(code = 1000, reason = ''): void {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#line?.closed();
      setImmediate(() => this.onclose?.({ code, reason }));
    }

    #open(): void {
      if (this.#isOver) return;
      const socket: Socket = {
        send: (frames, flushed) => void setImmediate(() => this.#hear(frames, flushed)),
        pause: () => {
          this.#isPaused = true;
        },
        resume: () => {
          this.#isPaused = false;
          for (const data of this.#waiting.splice(0)) this.send(data);
        },
        close: (code, reason) => {
          if (code === closeCodes.tooSlow.code) reader?.tooSlow(reason);
          setImmediate(() => this.close(code, reason));
        },
      };
      this.#line = connect(socket, this.#traceparent);
      (this.onopen as (() => void) | null)?.();
    }

    #hear(frames: readonly Buffer[], flushed: (() => void) | undefined): void {
      if (this.#isOver) return;
      for (const frame of frames) this.onmessage?.({ data: frame.toString() });
      if (!flushed) return;
      if (reader) void reader.drained().then(() => this.#isOver || flushed());
      else flushed();
    }
  };
}
