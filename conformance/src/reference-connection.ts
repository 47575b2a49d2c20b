import type { Duplex } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { decodeClientFrame } from '@hotplex/aep-protocol';
import type { WebSocket } from 'ws';
import type { Frame } from './server-log.ts';
import type { Fault } from './wire-step.ts';

/** One client's link to the reference server, with hands on its bytes. */
export class ReferenceConnection {
  /** Frames that no step has taken yet, oldest first. */
  readonly inbox: Frame[] = [];
  readonly #ws: WebSocket;
  readonly #stream: Duplex;
  #isOver = false;

  constructor(
    { ws, stream }: { ws: WebSocket; stream: Duplex },
    { onChange, onProblem }: { onChange(): void; onProblem(problem: string): void },
  ) {
    this.#ws = ws;
    this.#stream = stream;
    ws.on('message', (bytes, isBinary) => {
      const text = String(bytes);
      const problem = isBinary ? 'a binary frame' : strictProblem(text);
      if (problem) onProblem(`the client sent what it must not send: ${problem}: ${text.slice(0, 200)}`);
      else this.inbox.push(JSON.parse(text) as Frame);
      onChange();
    });
    ws.on('error', () => {});
    ws.on('close', () => {
      this.#isOver = true;
      onChange();
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async send(text: string, { delay_ms, duplicate, cut_at_byte, slow }: Fault = {}): Promise<void> {
    if (delay_ms !== undefined) await setTimeout(delay_ms);
    const bytes = encode(1, Buffer.from(text));
    if (cut_at_byte !== undefined) {
      this.#write(bytes.subarray(0, cut_at_byte));
      this.cut();
      return;
    }
    const size = slow ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      this.#write(bytes.subarray(at, at + size));
      if (slow !== undefined) await setImmediate();
    }
    if (duplicate) this.#write(bytes);
  }

  sendBinary(bytes: Buffer): void {
    this.#write(encode(2, bytes));
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason);
  }

  /** Ends the stream without a close frame, behind what was written: the client has all of it. */
  cut(): void {
    this.#isOver = true;
    this.#stream.end();
  }

  #write(bytes: Buffer): void {
    if (this.#stream.writable) this.#stream.write(bytes);
  }
}

/** Gateways read leniently; a client that is tested is asked for the whole envelope. */
function strictProblem(text: string): string | undefined {
  const decoded = decodeClientFrame(text);
  if (decoded.outcome === 'refused') return decoded.refusal.message;
  if (decoded.outcome === 'ignored') return `the kind ${decoded.type}`;
  const { id, timestamp } = decoded.envelope;
  if (!id.startsWith('evt_')) return 'an id without evt_';
  return Number.isInteger(timestamp) && timestamp > 0 ? undefined : 'no timestamp in milliseconds';
}

/** A frame of a server is not masked (RFC 6455, 5.1). */
function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (length >= 65_536) head.writeBigUInt64BE(BigInt(length), 2);
  else if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}
