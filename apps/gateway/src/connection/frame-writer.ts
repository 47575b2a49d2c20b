import { closeCodes, encode, protocolVersion, type ServerEvent } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { Socket } from './socket.ts';

export type WriterOptions = { clock: Clock; ids: Ids; maxBufferedBytes: number };

/** Where a session stands: frames of the connection are not logged and carry its current number (rule R1). */
export type Place = { sessionId: string; seq: number };

/** Kinds that do not belong behind what waits: they are about the connection, not about the conversation (rule B3). */
const urgent = new Set<ServerEvent['type']>(['control', 'pong']);

/** Sends the frames of one connection itself: handshake, refusals, controls. */
export class FrameWriter {
  readonly #socket: Socket;
  readonly #options: WriterOptions;
  /** Bytes given to the socket that it has not got rid of; those of the log are not among them. */
  #inFlight = 0;

  constructor(socket: Socket, options: WriterOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** A peer that asks and never reads the answers is sent away before they fill the memory (rule B2). */
  send({ sessionId, seq }: Place, event: ServerEvent): void {
    const { ids, clock, maxBufferedBytes } = this.#options;
    if (this.#inFlight > maxBufferedBytes) {
      this.#socket.close(closeCodes.tooSlow.code, 'answers were not read');
      return;
    }
    const envelope = {
      version: protocolVersion,
      id: ids.event(),
      seq,
      session_id: sessionId,
      timestamp: clock.now(),
      event,
    } as const;
    const prioritised = urgent.has(event.type) ? { ...envelope, priority: 'control' as const } : envelope;
    const frame = Buffer.from(encode(prioritised));
    this.#inFlight += frame.length;
    this.#socket.send([frame], () => {
      this.#inFlight -= frame.length;
    });
  }
}
