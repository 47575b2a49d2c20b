import { escapeLineSeparators, loggedEvents, protocolVersion } from '@hotplex/aep-protocol';
import { concrete } from './references.ts';

/** A frame as it is on the wire. */
export type Frame = {
  version: string;
  id: string;
  seq: number;
  session_id: string;
  timestamp: number;
  turn_id?: string;
  priority?: string;
  event: { type: string; data: Record<string, unknown> };
};

type NewFrame = {
  kind: string;
  data?: Record<string, unknown> | undefined;
  turn?: string | undefined;
  priority?: string | undefined;
  /** Another number than the next: such a frame is not stored. */
  seq?: number | undefined;
};

/** Whether frames like this are numbered: an `error` that answers a frame is not. */
export function isLogged(kind: string, data: Record<string, unknown> = {}): boolean {
  return Object.hasOwn(loggedEvents, kind) && !(kind === 'error' && data.event_id !== undefined);
}

export function frameText(frame: Frame): string {
  return escapeLineSeparators(JSON.stringify(frame));
}

/** A session of the reference server: it numbers what it says and can say it again. */
export class ServerLog {
  readonly sessionId: string;
  readonly epoch = 'epoch-1';
  readonly #frames: Frame[] = [];
  #made = 0;

  constructor(name: string) {
    this.sessionId = `sess-${name}`;
  }

  get lastSeq(): number {
    return this.#frames.length;
  }

  make({ kind, data = {}, turn, priority, seq }: NewFrame): Frame {
    const sent = concrete(data) as Record<string, unknown>;
    const stores = seq === undefined && isLogged(kind, sent);
    this.#made += 1;
    const frame: Frame = {
      version: protocolVersion,
      id: `evt_${this.sessionId}-${this.#made}`,
      seq: seq ?? (stores ? this.lastSeq + 1 : this.lastSeq),
      session_id: this.sessionId,
      timestamp: 1_780_000_000_000 + this.#made,
      ...(turn === undefined ? {} : { turn_id: turn }),
      ...(priority === undefined ? {} : { priority }),
      event: { type: kind, data: kind === 'init_ack' ? { ...this.#greeting(), ...sent } : sent },
    };
    if (stores) this.#frames.push(frame);
    return frame;
  }

  /** What was stored after a number. */
  after(seq: number): Frame[] {
    return this.#frames.slice(seq);
  }

  #greeting(): Record<string, unknown> {
    return {
      session_id: this.sessionId,
      state: 'created',
      server_caps: {
        ...{ protocol_version: protocolVersion, worker_type: 'demo', supports_resume: true },
        ...{ supports_delta: true, supports_tool_call: true, supports_ping: true, max_frame_size: 1_048_576 },
        ...{ modalities: ['text'], queue: true, interrupt: true, replay: true },
      },
      ...{ epoch: this.epoch, last_seq: this.lastSeq, oldest_seq: 1 },
      ...{ queue: [], pending: [], turn: null, role: 'driver' },
    };
  }
}
