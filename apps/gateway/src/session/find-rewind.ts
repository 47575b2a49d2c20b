import { GatewayError } from '../ground/gateway-error.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { CountingTurn, Knowledge } from './read-turns.ts';

export type Rewind = {
  /** Where the agent goes on; `null`: it begins with an empty memory. */
  point: string | null;
  /** How many turns are set aside. */
  turns: number;
};

type Surroundings = {
  turns: readonly CountingTurn[];
  definition: Pick<WorkerDefinition, 'title' | 'capabilities'>;
};

/**
 * How the agent is taken back to before a turn. Throws INVALID_MESSAGE for one that is not among those that count, and
 * NOT_SUPPORTED, with `details.reason`, if there is no way back: `agent`: it has none; `unmarked`: it said not where it stood.
 */
export function findRewind(turnId: string, { turns, definition }: Surroundings): Rewind {
  const at = turns.findIndex(({ id }) => id === turnId);
  const turn = turns[at];
  if (!turn) {
    const message =
      'there is no such turn in this conversation, or it was set aside: choose one that is shown';
    throw new GatewayError('INVALID_MESSAGE', message, { details: { reason: 'unknown', field: 'turn_id' } });
  }
  const count = turns.length - at;
  return { point: requirePoint(turn.before, { definition, details: { turns: count } }), turns: count };
}

type Purpose = Pick<Surroundings, 'definition'> & { details?: Record<string, unknown> };

/** Where the agent goes on to know this and nothing else; `null`: from nothing. Throws NOT_SUPPORTED as `findRewind` does. */
export function requirePoint(known: Knowledge, { definition, details }: Purpose): string | null {
  const noWay = (reason: 'agent' | 'unmarked', message: string) =>
    new GatewayError('NOT_SUPPORTED', message, { details: { reason, ...details } });
  // Whoever forgets everything needs no way back.
  if (known.kind === 'nothing') return null;
  if (!definition.capabilities.rewind)
    throw noWay(
      'agent',
      `${definition.title} cannot go on from the middle of a conversation: go on at its end, or open a new session`,
    );
  if (known.kind === 'point') return known.point;
  throw noWay('unmarked', 'the agent did not say where it stood there: choose an earlier or a later turn');
}
