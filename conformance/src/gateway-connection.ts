import { subprotocol } from '@hotplex/aep-protocol';
import { WebSocket } from 'ws';
import { type Heard, Laws } from './laws.ts';

const patienceMs = 10_000;

/** One connection of the scripted peer to a gateway. Every frame is held against the laws when it is read. */
export class GatewayConnection {
  /** Text of `message.delta` since it was last asked for. */
  text = '';
  laws = new Laws(undefined);
  readonly #ws: WebSocket;
  readonly #inbox: string[] = [];
  #closeCode: number | undefined;
  #wake: (() => void) | undefined;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (bytes) => {
      this.#inbox.push(String(bytes));
      this.#wake?.();
    });
    ws.on('close', (code) => {
      this.#closeCode = code;
      this.#wake?.();
    });
    ws.on('error', () => {});
  }

  /** Connects. Rejects when the gateway refuses the upgrade. */
  static async open(url: string): Promise<GatewayConnection> {
    const ws = new WebSocket(url, [subprotocol], { handshakeTimeout: patienceMs });
    const connection = new GatewayConnection(ws);
    await new Promise((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    });
    return connection;
  }

  send(content: string | Buffer): void {
    this.#ws.send(content);
  }

  /** The next frame. Throws when it breaks a law, or when there is none in ten seconds or ever. */
  async next(wanted: string): Promise<Heard> {
    await this.#until(wanted, () => this.#inbox.length > 0 || this.#closeCode !== undefined);
    const text = this.#inbox.shift();
    if (text === undefined) throw new Error(`closed with ${this.#closeCode} before ${wanted}`);
    const heard = this.laws.take(text);
    const { type, data } = heard.frame.event;
    if (type === 'message.delta') this.text += String(data.content);
    return heard;
  }

  /** Waits for the gateway to close. */
  async closed(): Promise<number> {
    await this.#until('the close', () => this.#closeCode !== undefined);
    return this.#closeCode ?? 0;
  }

  close(): void {
    this.#ws.close(1000);
  }

  /** Ends the link at once and forgets what was not read. */
  cut(): void {
    this.#ws.terminate();
    this.#inbox.length = 0;
  }

  async #until(wanted: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + patienceMs;
    while (!holds()) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`${wanted} did not come`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
