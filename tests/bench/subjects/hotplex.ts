import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sum } from '../../../apps/gateway/src/ground/sum.ts';
import { openOperators } from '../../support/operators.ts';
import { apiKey, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { agentEnvironment, onProcessor } from '../processors.ts';
import type { Rig } from '../rig.ts';
import type { RunningSubject, Subject } from './subject.ts';

const sessions = '1200';
/** How often the metric is looked at; it counts that time, too. */
const lookMs = 10;

export type RunningHotplex = RunningSubject & { gateway: RunningGateway };

/** The gateway as it is shipped, with its own home, database, policy and metrics; in front of it agents of the bench. */
export const hotplex: Subject = { name: 'hotplex', start: startHotplex };

/** The gateway as it is shipped, under another program and with arguments for Node if these are given. */
export async function startHotplex(
  rig: Rig,
  under: readonly string[] = [],
  nodeArgs: readonly string[] = [],
): Promise<RunningHotplex> {
  const operators = await openOperators();
  const gateway = await startGateway({
    command: onProcessor('measured', [...under, process.execPath, ...nodeArgs]),
    env: { ...operators.env, ...benchEnvironment(rig) },
  });
  const { pid = 0 } = gateway.process;
  return {
    ...{ gateway, port: gateway.port, pid, ...speakToHotplex() },
    inside: {
      eventLoopDelayMs: async () =>
        Math.max(0, (await operators.metric('nodejs_eventloop_lag_p99_seconds')) * 1_000 - lookMs),
      diskBytes: () => sum(globSync(join(gateway.dataDir, 'hotplex.db*')).map((file) => statSync(file).size)),
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/**
 * What is not a default: there may be as many agents and prompts as the bench has, agents run without a sandbox of their own,
 * and the program of Claude Code is the bench's.
 */
export function benchEnvironment({ agent }: Rig): Record<string, string> {
  return {
    ...agentEnvironment,
    HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: agent,
    HOTPLEX_WORKER_CLAUDE_CODE_ENVIRONMENT: Object.keys(agentEnvironment).join(','),
    ...{ HOTPLEX_WORKER_POOL_MAX: sessions, HOTPLEX_WORKER_POOL_MAX_PER_USER: sessions },
    ...{ HOTPLEX_LIMITS_FRAMES_PER_SECOND: '10000', HOTPLEX_LIMITS_KEY_INPUTS_PER_MINUTE: '1000000' },
  };
}

/**
 * How the client of the bench speaks to a gateway; of `named` sessions it opens those of that name, otherwise new ones. One that comes
 * to a session again needs another `mark`: a prompt under a known id is none.
 */
export function speakToHotplex(
  named?: string,
  mark = 'bench',
): Pick<RunningSubject, 'header' | 'init' | 'toPrompt'> {
  const init = { version: 'aep/v1', worker_type: 'claude_code' };
  return {
    header: `X-API-Key: ${apiKey}`,
    init: named ? toFrame('init', { ...init, session_id: `${named}-%d` }, 'bench') : toFrame('init', init),
    toPrompt: (content) => toFrame('input', { content }, `${mark}-%d`),
  };
}

/** A frame of a client under an id of its own: the client of the bench puts a number for `%d`. */
function toFrame(type: string, data: unknown, id = 'bench-%d'): string {
  return JSON.stringify({ version: 'aep/v1', id, event: { type, data } });
}
