import type { AepChunk } from '@hotplex/ai-sdk-transport';
import type { UIMessageChunk, WebSocketChatTransportResponse } from 'ai';
import type { Socket } from '../socket.ts';

type Frame =
  | Exclude<WebSocketChatTransportResponse, { type: 'chunk' }>
  | { type: 'chunk'; requestId: string; sequence: number; chunk: AepChunk | UIMessageChunk };

/** Frames of the AI SDK, given to the network one by one. */
export class FrameSink {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Resolves when the frame has left the process: who reads slowly is written to slowly. */
  say(frame: Frame): Promise<void> {
    return new Promise((resolve) => this.#socket.send([Buffer.from(JSON.stringify(frame))], resolve));
  }
}
