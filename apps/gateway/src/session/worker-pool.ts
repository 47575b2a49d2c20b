import { GatewayError } from '../ground/gateway-error.ts';

export type PoolLimits = {
  /** How many agent processes there may be. */
  max: number;
  maxPerUser: number;
};

/** A session as the pool sees it. */
export interface PoolMember {
  readonly ownerId: string;
  readonly hasWorker: boolean;
  /** It is on its way out already. */
  readonly isEnding: boolean;
  /** Monotonic milliseconds; undefined while the worker has something to do. */
  readonly idleSince: number | undefined;
  /** Ends the idle worker; the session stays and resumes with its next prompt. */
  collect(reason: string): void;
}

/**
 * Makes room for one more agent process, by ending the one that has been idle longest if need be. Throws
 * GATEWAY_OVERLOAD when every one is at work.
 */
export function makeRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): void {
  const working = [...members].filter(({ hasWorker, isEnding }) => hasWorker && !isEnding);
  const own = working.filter((member) => member.ownerId === ownerId);
  if (own.length >= limits.maxPerUser) {
    endOne(own, `you have ${own.length} agents at work already: wait for one, or end a session`);
  } else if (working.length >= limits.max) {
    endOne(working, `${working.length} agents are at work already: try again when one has finished`);
  }
}

/** Whether there is room for one more without ending another. */
export function hasRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): boolean {
  const working = [...members].filter(({ hasWorker }) => hasWorker);
  const own = working.filter((member) => member.ownerId === ownerId);
  return own.length < limits.maxPerUser && working.length < limits.max;
}

function endOne(members: readonly PoolMember[], refusal: string): void {
  const idle = members.filter(({ idleSince }) => idleSince !== undefined);
  const [longest] = idle.toSorted((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0));
  if (!longest) throw new GatewayError('GATEWAY_OVERLOAD', refusal);
  longest.collect('room_needed');
}
