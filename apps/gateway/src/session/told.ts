import type {
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionRecord,
  SessionStore,
} from '../store/store.ts';
import type { Step } from './step.ts';

/** Rows as they were before a step, by their ids; undefined: they were not there. */
type Before<Row> = ReadonlyMap<string, Row | undefined>;
type Untold = { inputs: Before<InputRecord>; interactions: Before<InteractionRecord> };

/**
 * A session as others may know it: without the steps that are written and not settled. Whoever follows its log hears of
 * these later, and if they are lost with this gateway nobody has ever seen them.
 */
export class Told {
  readonly #store: Pick<
    SessionStore,
    'events' | 'eventsBefore' | 'oldestSeq' | 'input' | 'interaction' | 'awaitSettled'
  >;
  /** The steps that are not told, in order. */
  readonly #untold: Untold[] = [];
  #record: Readonly<SessionRecord>;

  constructor(record: SessionRecord, store: SessionStore) {
    this.#record = record;
    this.#store = store;
  }

  get record(): Readonly<SessionRecord> {
    return this.#record;
  }

  /** The log after a number, for replay. */
  events(after: number, limit: number): EventRecord[] {
    const { id, lastSeq } = this.#record;
    return this.#store.events(id, after, Math.max(0, Math.min(limit, lastSeq - after)));
  }

  /** The end of the log before a number, for reading backwards. */
  eventsBefore(before: number, limit: number): EventRecord[] {
    const { id, lastSeq } = this.#record;
    return this.#store.eventsBefore(id, Math.min(before, lastSeq + 1), limit);
  }

  /** The first number that can be replayed. */
  oldestSeq(): number {
    return this.#store.oldestSeq(this.#record.id);
  }

  /** What a step is about to change, for `add`. Undefined where every write is settled when it returns. */
  before({ inputs, interactions }: Pick<Step, 'inputs' | 'interactions'>): Untold | undefined {
    const store = this.#store;
    if (!store.awaitSettled) return undefined;
    const { id } = this.#record;
    return {
      inputs: new Map([...inputs.keys()].map((key) => [key, store.input(id, key)])),
      interactions: new Map([...interactions.keys()].map((key) => [key, store.interaction(id, key)])),
    };
  }

  /** It is written. */
  add(untold: Untold | undefined): void {
    if (untold) this.#untold.push(untold);
  }

  /** The first of the steps that are not told is told now, and leaves the session like this. */
  tell(record: Readonly<SessionRecord>): void {
    this.#untold.shift();
    this.#record = record;
  }

  /** The prompts that wait, of those that wait by now. */
  waiting(now: InputRecord[]): InputRecord[] {
    if (this.#untold.length === 0) return now;
    const before = this.#before(({ inputs }) => inputs);
    return asBefore(new Map(now.map((row) => [row.inputId, row])), before).filter(isWaiting);
  }

  /** What the agent asks, of what it asks by now. */
  open(now: InteractionRecord[]): InteractionRecord[] {
    if (this.#untold.length === 0) return now;
    const before = this.#before(({ interactions }) => interactions);
    return asBefore(new Map(now.map((row) => [row.id, row])), before).filter(
      ({ status }) => status === 'open',
    );
  }

  /** The earliest of each row. */
  #before<Row>(of: (untold: Untold) => Before<Row>): Before<Row> {
    return new Map(this.#untold.toReversed().flatMap((untold) => [...of(untold)]));
  }
}

/** Whether a prompt waits for its turn; what is with the agent already does not. */
export const isWaiting = ({ status, turnId }: InputRecord): boolean => status === 'queued' && turnId === null;

/** In the order in which they came, as far as a millisecond tells. */
function asBefore<Row extends { createdAt: number }>(
  now: ReadonlyMap<string, Row>,
  before: Before<Row>,
): Row[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  const rows = [...ids].flatMap((id) => (before.has(id) ? before : now).get(id) ?? []);
  return rows.toSorted((a, b) => a.createdAt - b.createdAt);
}
