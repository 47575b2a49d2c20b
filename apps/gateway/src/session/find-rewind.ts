import { GatewayError } from '../ground/gateway-error.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { CountingTurn } from './read-turns.ts';

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
  const { before } = turn;
  // Whoever forgets everything needs no way back.
  if (before.kind === 'nothing') return { point: null, turns: count };
  if (!definition.capabilities.rewind) {
    throw noWay(
      count,
      'agent',
      `${definition.title} cannot be taken back in a conversation: put its files back, or open a new session`,
    );
  }
  if (before.kind === 'point') return { point: before.point, turns: count };
  const message =
    'the agent did not say where it stood before this turn: go back to an earlier or a later one';
  throw noWay(count, 'unmarked', message);
}

const noWay = (turns: number, reason: 'agent' | 'unmarked', message: string) =>
  new GatewayError('NOT_SUPPORTED', message, { details: { reason, turns } });
