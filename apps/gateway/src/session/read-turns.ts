import { setImmediate as nextRound } from 'node:timers/promises';
import type { ServerData } from '@hotplex/aep-protocol';
import { fromPointWord } from '../ground/conversation-point.ts';
import type { EventRecord } from '../store/store.ts';

/** What the agent knew at a moment: all up to a point of its conversation, nothing, or nobody can say what. */
export type Knowledge = { kind: 'point'; point: string } | { kind: 'nothing' } | { kind: 'unknown' };

/** A turn that was not set aside, and what the agent knew before it. */
export type CountingTurn = { id: string; before: Knowledge };

const pageSize = 1_000;

/** The turns of a log that were not set aside, oldest first. Others have their turn after each page. */
export async function readTurns(
  read: (after: number, limit: number) => readonly EventRecord[],
): Promise<CountingTurn[]> {
  const turns = new CountingTurns();
  for (let after = 0; ; ) {
    const page = read(after, pageSize);
    for (const event of page) turns.take(event);
    const last = page.at(-1);
    if (!last || page.length < pageSize) return turns.all;
    after = last.seq;
    await nextRound();
  }
}

/** Follows a log from its beginning. */
export class CountingTurns {
  all: CountingTurn[] = [];
  #known: Knowledge | undefined;
  /** Something was told that explains another conversation than before. */
  #hasMoved = false;

  /** What the agent knows now. */
  get known(): Knowledge {
    return this.#known ?? { kind: 'nothing' };
  }

  take(event: EventRecord): void {
    const { seq, type, turnId } = event;
    // A log whose beginning is gone says nothing of what was known then.
    this.#known ??= seq === 1 ? { kind: 'nothing' } : { kind: 'unknown' };
    if (turnId !== null && this.all.at(-1)?.id !== turnId) this.all.push({ id: turnId, before: this.#known });
    if (type === 'done') this.#end(dataOf<'done'>(event));
    else if (type === 'session.rewound') this.#goBack(dataOf<'session.rewound'>(event).turn_id);
    else if (type === 'session.forked') this.#hasMoved = true;
    else if (type === 'state') this.#hear(dataOf<'state'>(event).message);
  }

  #end({ point }: ServerData<'done'>): void {
    const turn = this.all.at(-1);
    // Its memory was cleared in between, or in this turn: which of both, the log does not say.
    if (turn?.before.kind === 'point' && point !== undefined && !this.#hasMoved) {
      const [then, now] = [turn.before.point, point].map((word) => fromPointWord(word).conversation);
      if (then !== now) turn.before = { kind: 'unknown' };
    }
    this.#known = point === undefined ? { kind: 'unknown' } : { kind: 'point', point };
    this.#hasMoved = false;
  }

  #goBack(turnId: string): void {
    const at = this.all.findIndex(({ id }) => id === turnId);
    this.#known = this.all[at]?.before ?? { kind: 'unknown' };
    this.all = at < 0 ? [] : this.all.slice(0, at);
    this.#hasMoved = true;
  }

  #hear(message: string | undefined): void {
    if (message === 'context_reset') this.#known = { kind: 'nothing' };
    if (message === 'context_lost') this.#hasMoved = true;
  }
}

const dataOf = <K extends 'done' | 'session.rewound' | 'state'>({ data }: EventRecord): ServerData<K> =>
  JSON.parse(data);
