import type { Socket } from '../../src/connection/socket.ts';

export type SlowSocket = Socket & {
  /** What was given to it, parsed; connection frames included. */
  readonly frames: Frame[];
  /** The numbers of the logged events among them. */
  readonly received: number[];
  /** Bytes that the network has not taken. */
  readonly bufferedBytes: number;
  /** The most it ever held. */
  readonly most: number;
  readonly closed: number | undefined;
  readonly isPaused: boolean;
  /** Resolves when its reader is next ready for more. */
  read(): Promise<void>;
  /** The network takes everything it holds. */
  drain(): void;
};

export type Frame = {
  seq: number;
  priority?: string;
  event: { type: string; data: Record<string, unknown> & { code?: string; action?: string } };
};

const ofConnection = new Set(['init_ack', 'control', 'pong', 'resync', 'input.receipt']);

/** A socket whose network takes bytes only when the test says so. */
export function createSlowSocket(): SlowSocket {
  let waiting: (() => void)[] = [];
  const frames: Frame[] = [];
  const received: number[] = [];
  let [buffered, most] = [0, 0];
  let closed: number | undefined;
  let isPaused = false;
  const readers: (() => void)[] = [];
  return {
    ...{ frames, received },
    get most() {
      return most;
    },
    get closed() {
      return closed;
    },
    get isPaused() {
      return isPaused;
    },
    get bufferedBytes() {
      return buffered;
    },
    send(sent, flushed) {
      if (closed !== undefined) return;
      for (const frame of sent) {
        const parsed = JSON.parse(String(frame)) as Frame;
        const { type, data } = parsed.event;
        frames.push(parsed);
        if (!ofConnection.has(type) && data.event_id === undefined) received.push(parsed.seq);
        buffered += Buffer.byteLength(frame);
      }
      most = Math.max(most, buffered);
      if (flushed) waiting.push(flushed);
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      for (const tell of readers.splice(0)) tell();
    },
    read: () => new Promise((resolve) => readers.push(resolve)),
    close: (code) => {
      closed ??= code;
    },
    drain() {
      buffered = 0;
      const flushed = waiting;
      waiting = [];
      for (const tell of flushed) tell();
    },
  };
}
