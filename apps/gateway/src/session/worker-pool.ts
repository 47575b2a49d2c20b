import { GatewayError } from '../ground/gateway-error.ts';

export type PoolLimits = {
  /** How many agent processes there may be. */
  max: number;
  maxPerUser: number;
  /** How much memory the agents of one user may use together, and what one uses; bytes. Absent: any. */
  memory?: { maxPerUser: number; of(pid: number): number };
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
 * Makes room for one more agent process, by ending the one that has been idle longest if need be. Throws RATE_LIMITED
 * when all that one user may have are at work, GATEWAY_OVERLOAD when all there may be are.
 */
export function makeRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): void {
  const working = [...members].filter(({ hasWorker, isEnding }) => hasWorker && !isEnding);
  const own = working.filter((member) => member.ownerId === ownerId);
  if (own.length >= limits.maxPerUser) {
    endOne(own, 'RATE_LIMITED', `you have ${own.length} agents at work already: ${remedy}`);
  } else if (isTooMuch(own, limits)) {
    endOne(own, 'RATE_LIMITED', `your agents use all the memory they may: ${remedy}`);
  } else if (working.length >= limits.max) {
    endOne(
      working,
      'GATEWAY_OVERLOAD',
      `${working.length} agents are at work already: try again when one has finished`,
    );
  }
}

/** Whether there is room for one more without ending another. */
export function hasRoom(members: Iterable<PoolMember>, ownerId: string, limits: PoolLimits): boolean {
  const working = [...members].filter(({ hasWorker }) => hasWorker);
  const own = working.filter((member) => member.ownerId === ownerId);
  return own.length < limits.maxPerUser && working.length < limits.max && !isTooMuch(own, limits);
}

const remedy = 'wait for one, or end a session';

function isTooMuch(own: readonly PoolMember[], { memory }: PoolLimits): boolean {
  if (!memory) return false;
  const used = own.reduce((sum, { pid }) => sum + (pid === undefined ? 0 : memory.of(pid)), 0);
  return used >= memory.maxPerUser;
}

function endOne(
  members: readonly PoolMember[],
  code: 'RATE_LIMITED' | 'GATEWAY_OVERLOAD',
  refusal: string,
): void {
  const idle = members.filter(({ idleSince }) => idleSince !== undefined);
  const [longest] = idle.toSorted((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0));
  if (!longest) throw new GatewayError(code, refusal);
  longest.collect('room_needed');
}
