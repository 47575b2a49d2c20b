import { setImmediate as nextRound } from 'node:timers/promises';
import type { ServerData, SessionTotals } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord } from '../store/store.ts';
import { CountingTurns, type Knowledge } from './read-turns.ts';
import { noTotals } from './turn-totals.ts';

/** The turn that a branch begins without, or the last one that it has. */
export type BranchTurn = { side: 'before' | 'after'; turnId: string };

/** Of a request, which may name one of both. Throws INVALID_MESSAGE if it names both. */
export function toBranchTurn({
  before_turn: before,
  after_turn: after,
}: {
  before_turn?: string | undefined;
  after_turn?: string | undefined;
}): BranchTurn | undefined {
  if (before !== undefined && after !== undefined)
    throw new GatewayError(
      'INVALID_MESSAGE',
      'a branch leaves at one place: send before_turn or after_turn',
      {
        details: { fields: ['before_turn', 'after_turn'] },
      },
    );
  if (before !== undefined) return { side: 'before', turnId: before };
  return after === undefined ? undefined : { side: 'after', turnId: after };
}

/** A place in a log where no turn runs, for a branch to leave it. */
export type BranchPoint = {
  /** The last event before it. */
  lastSeq: number;
  totals: SessionTotals;
  /** What the agent knew there. */
  known: Knowledge;
  /** The prompts that waited. */
  waiting: readonly string[];
  /** The turns before it, also those that were set aside. */
  turns: ReadonlySet<string>;
};

type ReadLog = (after: number, limit: number) => readonly EventRecord[];

const pageSize = 1_000;

/**
 * Finds the place before a turn, or after it; one that was set aside is as good as others. Throws INVALID_MESSAGE for a turn
 * that is not in the log, and SESSION_BUSY for the place after one that still runs.
 */
export async function findBranchPoint(turn: BranchTurn, read: ReadLog): Promise<BranchPoint> {
  const log = new LogAroundTurn(turn);
  for (let after = 0; !log.isRead; ) {
    const page = read(after, pageSize);
    for (const event of page) log.take(event);
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    after = last.seq;
    await nextRound();
  }
  return log.point;
}

/** These belong to what comes after them. */
const ofNextTurn: ReadonlySet<string> = new Set(['input', 'input.status', 'session.title']);

/** Reads a log as far as it takes to know what there was before a turn, or with it, and what the agent knew then. */
class LogAroundTurn {
  readonly #side: BranchTurn['side'];
  readonly #turnId: string;
  readonly #counting = new CountingTurns();
  /** When each prompt was asked and when it was settled, by the numbers of the log. */
  readonly #inputs = new Map<string, { askedAt: number; settledAt: number }>();
  readonly #turns = new Set<string>();
  #totals = noTotals;
  /** The last event that does not belong to what comes after it. */
  #rest = 0;
  #hasBegun = false;
  #isOver = false;
  #found: Pick<BranchPoint, 'lastSeq' | 'totals' | 'turns'> | undefined;
  isRead = false;

  constructor({ side, turnId }: BranchTurn) {
    this.#side = side;
    this.#turnId = turnId;
  }

  take(event: EventRecord): void {
    if (this.isRead) return;
    const { seq, type, turnId } = event;
    const isOwn = turnId === this.#turnId;
    this.#counting.take(event);
    this.#hasBegun ||= isOwn;
    if (isOwn && this.#side === 'before') this.#found ??= this.#here();
    if (turnId !== null) this.#turns.add(turnId);
    if (turnId !== null || !ofNextTurn.has(type)) this.#rest = seq;
    if (type === 'input') this.#ask(seq, dataOf<'input'>(event).input_id);
    if (type === 'input.status') this.#settle(seq, dataOf<'input.status'>(event));
    if (type === 'done') this.#totals = dataOf<'done'>(event).stats?._session ?? this.#totals;
    if (type === 'done' && isOwn) this.#isOver = true;
    // Its end says whether the agent knew what it seemed to know before it.
    if (this.#isOver && this.#found) this.isRead = true;
    if (this.#isOver && type === 'state') this.#end();
  }

  get point(): BranchPoint {
    if (!this.#hasBegun) {
      const message = 'there is no such turn in this conversation: choose one that is shown';
      throw new GatewayError('INVALID_MESSAGE', message, {
        details: { reason: 'unknown', field: 'turn_id' },
      });
    }
    if (!this.#found) {
      const message = 'this turn still runs: wait for its end, or branch off before it';
      throw new GatewayError('SESSION_BUSY', message);
    }
    const { lastSeq } = this.#found;
    const before = this.#counting.all.findLast(({ id }) => id === this.#turnId)?.before;
    const known = this.#side === 'before' ? before : this.#counting.known;
    const waiting = [...this.#inputs].filter(
      ([, { askedAt, settledAt }]) => askedAt <= lastSeq && settledAt > lastSeq,
    );
    return { ...this.#found, known: known ?? { kind: 'unknown' }, waiting: waiting.map(([id]) => id) };
  }

  #here() {
    return { lastSeq: this.#rest, totals: this.#totals, turns: new Set(this.#turns) };
  }

  #end(): void {
    this.#found = this.#here();
    this.isRead = true;
  }

  #ask(seq: number, inputId: string): void {
    this.#inputs.set(inputId, { askedAt: seq, settledAt: Number.POSITIVE_INFINITY });
  }

  #settle(seq: number, { input_id: inputId, status }: ServerData<'input.status'>): void {
    const input = this.#inputs.get(inputId);
    if (input && status !== 'queued' && status !== 'delivered') input.settledAt = seq;
  }
}

const dataOf = <K extends 'done' | 'input' | 'input.status'>({ data }: EventRecord): ServerData<K> =>
  JSON.parse(data);
