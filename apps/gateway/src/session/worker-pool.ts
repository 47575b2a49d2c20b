import { GatewayError } from '../ground/gateway-error.ts';
import { nowhereElse, type ShareElsewhere } from '../ground/user-share.ts';

export type PoolLimits = {
  /** How many agent processes there may be. */
  max: number;
  maxPerUser: number;
  /** How much memory the agents of one user may use together, and what one uses; bytes. Absent: any. */
  memory?: { maxPerUser: number; of(pid: number): number };
  /** Agents of a user that are at work at other gateways count as well. Absent: there are none. */
  elsewhere?: ShareElsewhere;
};

/** A session as the pool sees it. */
export interface PoolMember {
  readonly ownerId: string;
  readonly hasWorker: boolean;
  readonly pid: number | undefined;
  /** It is on its way out already. */
  readonly isEnding: boolean;
  /** Monotonic milliseconds; undefined while the worker has something to do. */
  readonly idleSince: number | undefined;
  /** Ends the idle worker; the session stays and resumes with its next prompt. */
  collect(reason: string): void;
}

/**
 * Makes room for one more agent process, by ending those that have been idle longest if need be. Throws RATE_LIMITED
 * when all that one user may have are at work, GATEWAY_OVERLOAD when all there may be are.
 */
export function makeRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): void {
  const working = [...members].filter(({ hasWorker, isEnding }) => hasWorker && !isEnding);
  const own = working.filter((member) => member.ownerId === ownerId);
  const all = own.length + agentsElsewhere(ownerId, limits);
  if (all >= limits.maxPerUser) {
    const refusal = `you have ${all} agents at work already: ${remedy}`;
    endIdle(own, { count: all - limits.maxPerUser + 1, code: 'RATE_LIMITED', refusal });
  } else if (isTooMuch(own, limits)) {
    const refusal = `your agents use all the memory they may: ${remedy}`;
    endIdle(own, { count: 1, code: 'RATE_LIMITED', refusal });
  } else if (working.length >= limits.max) {
    const refusal = `${working.length} agents are at work already: try again when one has finished`;
    endIdle(working, { count: working.length - limits.max + 1, code: 'GATEWAY_OVERLOAD', refusal });
  }
}

/** Whether there is room for one more without ending another. */
export function hasRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): boolean {
  const working = [...members].filter(({ hasWorker }) => hasWorker);
  const own = working.filter((member) => member.ownerId === ownerId);
  const all = own.length + agentsElsewhere(ownerId, limits);
  return all < limits.maxPerUser && working.length < limits.max && !isTooMuch(own, limits);
}

const agentsElsewhere = (ownerId: string, { elsewhere = nowhereElse }: PoolLimits): number =>
  elsewhere(ownerId).agents;

const remedy = 'wait for one, or end a session';

function isTooMuch(own: readonly PoolMember[], { memory }: PoolLimits): boolean {
  if (!memory) return false;
  const used = own.reduce((sum, { pid }) => sum + (pid === undefined ? 0 : memory.of(pid)), 0);
  return used >= memory.maxPerUser;
}

/** Ends so many of those that have nothing to do, and none if they are fewer: that would be for nothing. */
function endIdle(
  members: readonly PoolMember[],
  { count, code, refusal }: { count: number; code: 'RATE_LIMITED' | 'GATEWAY_OVERLOAD'; refusal: string },
): void {
  const idle = members.filter(({ idleSince }) => idleSince !== undefined);
  if (idle.length < count) throw new GatewayError(code, refusal);
  const longestFirst = idle.toSorted((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0));
  for (const member of longestFirst.slice(0, count)) member.collect('room_needed');
}
