import type { WebSocketConstructor, WebSocketLike } from '@hotplex/client-sdk';

type Message = { data: unknown };

/** A WebSocket whose link breaks after as many received frames as `next` says, each time anew. */
export function cuttingWebSocket(next: () => number): WebSocketConstructor {
  return class implements WebSocketLike {
    onopen: ((event: never) => void) | null = null;
    onmessage: ((event: never) => void) | null = null;
    onclose: ((event: never) => void) | null = null;
    onerror: ((event: never) => void) | null = null;
    readonly #ws: WebSocket;
    #left = next();
    #cut = false;

    constructor(url: string, protocols?: string | string[]) {
      this.#ws = new WebSocket(url, protocols);
      this.#ws.onopen = () => this.onopen?.({} as never);
      this.#ws.onmessage = (event: Message) => {
        if (this.#cut) return;
        this.onmessage?.({ data: event.data } as never);
        this.#left -= 1;
        if (this.#left > 0) return;
        this.#cut = true;
        this.#ws.close();
        this.onclose?.({ code: 1006, reason: 'cut by the test' } as never);
      };
      this.#ws.onclose = (event) => {
        if (!this.#cut) this.onclose?.({ code: event.code, reason: event.reason } as never);
      };
      this.#ws.onerror = () => {};
    }

    send(data: string): void {
      if (!this.#cut) this.#ws.send(data);
    }

    close(code?: number, reason?: string): void {
      this.#cut = true;
      this.#ws.close(code, reason);
    }
  };
}
