import { decodeServerFrame } from '@hotplex/aep-protocol';
import { type Frame, isLogged } from './server-log.ts';

/** A frame, and whether it is an event of the log. */
export type Heard = { frame: Frame; isEvent: boolean };

/** What holds for everything that a gateway says on one connection, whatever the story is (rules F2, R1, S2, E2). */
export class Laws {
  #last: number | undefined;
  /** A connection that came in the middle may not have seen the start of a block. */
  #sawAll = false;
  readonly #blocks = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #endedTurns = new Set<string>();

  /** `after`: the number that the client's `init` named; undefined: it hears what comes from now on. */
  constructor(after: number | undefined) {
    this.#last = after;
  }

  /** The number of the newest logged event. */
  get last(): number {
    return this.#last ?? 0;
  }

  /** Takes the next frame. Throws with the rule that it breaks. */
  take(text: string): Heard {
    const decoded = decodeServerFrame(text);
    if (decoded.outcome === 'refused') throw new Error(`F2: ${decoded.refusal.message}: ${text}`);
    if (/[\u2028\u2029]/.test(text)) throw new Error(`F2: a line separator is not escaped: ${text}`);
    const frame = JSON.parse(text) as Frame;
    const problem = envelopeProblem(frame);
    if (problem) throw new Error(`F2: ${problem}: ${text}`);
    const { type, data } = frame.event;
    if (type === 'init_ack') this.#last ??= Number(data.last_seq ?? 0);
    if (type === 'resync') this.#last = Number(data.first_seq) - 1;
    if (type === 'init_ack' || type === 'resync') this.#sawAll = this.last === 0;
    // An error without an id that answers a frame without one carries the current number.
    const isEvent = isLogged(type, data) && !(type === 'error' && frame.seq === this.#last);
    if (isEvent) this.#takeLogged(frame);
    return { frame, isEvent };
  }

  #takeLogged({ seq, turn_id: turn, event: { type, data } }: Frame): void {
    if (seq !== this.last + 1) throw new Error(`R1: ${seq} follows ${this.last} (${type})`);
    this.#last = seq;
    if (turn !== undefined && this.#endedTurns.has(turn) && type !== 'input.status')
      throw new Error(`S2: ${type} comes after the done of its turn`);
    if (type === 'done' && turn !== undefined) this.#endedTurns.add(turn);
    if (type === 'message.start') this.#blocks.add(String(data.id));
    if (type === 'message.delta' && this.#sawAll && !this.#blocks.has(String(data.message_id)))
      throw new Error('E2: a delta comes before its start');
    if (type === 'message.end') this.#blocks.delete(String(data.message_id));
    if (type === 'tool_call') this.#calls.add(String(data.id));
    if (type === 'tool_result' && this.#sawAll && !this.#calls.has(String(data.id)))
      throw new Error('E2: a tool_result comes before its tool_call');
  }
}

function envelopeProblem({ id, seq, session_id: session, timestamp }: Frame): string | undefined {
  if (typeof id !== 'string' || !id.startsWith('evt_')) return 'an id without evt_';
  if (!Number.isInteger(seq) || seq < 0) return 'no number';
  if (typeof session !== 'string') return 'no session_id';
  return Number.isInteger(timestamp) && timestamp > 1e12 ? undefined : 'no time in milliseconds';
}
