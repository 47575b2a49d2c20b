import { type IsolationLevel, type IsolationProblem, isolationLevels } from '@hotplex/aep-protocol';
import { type Isolation, noIsolation } from './process/isolation.ts';

/** Why there are no walls of a level, for programs and for people. */
export type NoWalls = { problem: IsolationProblem; refused: string };

/** The walls of every level, or why there are none. */
export type Walls = Readonly<Record<IsolationLevel, Isolation | NoWalls>>;

/** What the sessions of one worker type are kept apart by. */
export type AgentIsolation = {
  /** What they get unless they choose more. */
  least: IsolationLevel;
  at: Walls;
};

/**
 * Why a type cannot be walled in. NOTE: the processes of acpx look for each other by pid and by sockets in a folder of
 * theirs, and those of a sandbox do not see each other.
 */
const unfit: Readonly<Record<string, Partial<Record<IsolationLevel, string>>>> = {
  acpx: {
    sandbox: 'the processes of acpx have to see each other: use acp, or worker.isolation process',
    container: 'the processes of acpx have to see each other: use acp, or worker.isolation process',
  },
  opencode_server: {
    container: 'its server is talked to over loopback: use opencode_cli, or worker.isolation sandbox',
  },
  demo: { container: 'it is a part of the gateway and not of an image: use worker.isolation sandbox' },
};

/** What `auto` means for a type where a sandbox works. */
export function levelByDefault(type: string): IsolationLevel {
  return unfit[type]?.sandbox === undefined ? 'sandbox' : 'process';
}

/** Of the walls of this machine those that a type can do with and that the operator does not find too weak. */
export function toAgentIsolation(type: string, { least, at }: AgentIsolation): AgentIsolation {
  const judge = (level: IsolationLevel): Isolation | NoWalls => {
    if (isolationLevels.indexOf(level) < isolationLevels.indexOf(least))
      return { problem: 'weaker', refused: `it is weaker than ${least}, which the operator asks for` };
    const refused = unfit[type]?.[level];
    return refused === undefined ? at[level] : { problem: 'unfit', refused };
  };
  return {
    least,
    at: {
      none: judge('none'),
      process: judge('process'),
      sandbox: judge('sandbox'),
      container: judge('container'),
    },
  };
}

const notLookedAt: NoWalls = { problem: 'not_set_up', refused: 'this program has no walls' };

/** For programs that only ask what agents there are. */
export const unwalled: AgentIsolation = {
  least: 'none',
  at: { none: noIsolation, process: notLookedAt, sandbox: notLookedAt, container: notLookedAt },
};
