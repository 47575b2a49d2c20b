import type { EventRecord, SessionRecord, SessionStore, WorkerRecord } from '../store/store.ts';
import type { CurrentTurn } from './current-turn.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import { givenAnswer } from './interactions.ts';
import type { Ledger } from './ledger.ts';
import type { WorkerSlot } from './worker-slot.ts';

type Parts = {
  store: SessionStore;
  ledger: Ledger;
  desk: InteractionDesk;
  turn: CurrentTurn;
  slot: WorkerSlot;
};

/** Stands for the turn of a worker that is being ended, and is the turn of no session. */
export const endingTurn = 'ending';

/**
 * Whether the log and the worker agree on the turn. If not, the gateway died after it had promised the agent a prompt
 * and before it knew that the agent has it: then nobody can say whether it runs. Or it died while it ended the agent.
 */
export function agrees(worker: WorkerRecord, { turn }: Pick<SessionRecord, 'turn'>): boolean {
  return worker.turnId === (turn?.id ?? null);
}

/** Goes on with the agent of an earlier gateway as if nothing had happened (requirement G8, rule S6). */
export function takeOver(record: WorkerRecord, { store, ledger, desk, turn, slot }: Parts): void {
  turn.resume();
  desk.resume();
  const worker = slot.adopt(record);
  const { id, turn: open } = ledger.record;
  // The last answers may not have reached it, also to what it asked outside of a turn. It ignores those it has.
  for (const turnId of open ? [null, open.id] : [null]) {
    for (const row of store.resolvedInteractions(id, turnId)) {
      const answer = givenAnswer(row);
      if (answer) worker.respond?.(answer);
    }
  }
}

/** How far into a turn the agent's first word is looked for: what clients asked for meanwhile may stand before it. */
const lookAhead = 200;

/** Whether the agent has said anything in the turn in progress: then it may be silent for longer than before its first word. */
export function hasSpoken({ store, ledger }: Pick<Parts, 'store' | 'ledger'>): boolean {
  const { id, turn } = ledger.record;
  if (!turn) return false;
  const isSaid = ({ turnId, type }: EventRecord) =>
    turnId === turn.id && type !== 'state' && type !== 'input.status';
  return store.events(id, turn.firstSeq - 1, lookAhead).some(isSaid);
}
