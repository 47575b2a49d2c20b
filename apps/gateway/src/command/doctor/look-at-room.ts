import type { Config } from '../../config-schema.ts';
import type { Finding } from './finding.ts';
import type { MachineLimits } from './machine-limits.ts';

/** What one agent that runs takes of what the machine has, as `pnpm chaos --stay` and the agents’ own tests measured it. */
const perAgent = {
  /** What the gateway has open for it, with the sockets of two who follow it. */
  files: 8,
  /** An agent of Node or Bun has 7 to 16, and starts others. */
  tasks: 24,
  /** Claude Code and Pi use 150 to 350 MiB, OpenCode up to 650; where memory is limited, the limit counts. */
  bytes: 400 * 2 ** 20,
} satisfies MachineLimits;

/** What the gateway itself takes, and a system beside it. */
const own = { files: 200, tasks: 200, bytes: 512 * 2 ** 20 } satisfies MachineLimits;

const remedies = {
  files: 'raise the limit of open files (LimitNOFILE= of its unit, --ulimit nofile= of its container)',
  tasks: 'raise the limit of processes (TasksMax= of its unit, --pids-limit of its container)',
  bytes: 'give it more memory',
} satisfies Record<keyof MachineLimits, string>;

/** How many agents may run at a time here, and what has to change where that is fewer than the pool may have. */
export function lookAtRoom(
  { worker: { pool, max_memory: maxMemory } }: Pick<Config, 'worker'>,
  limits: MachineLimits,
): Omit<Finding, 'check'> {
  const each = { ...perAgent, bytes: maxMemory || perAgent.bytes };
  const room = (what: keyof MachineLimits) =>
    Math.max(0, Math.floor((limits[what] - own[what]) / each[what]));
  const rooms = { files: room('files'), tasks: room('tasks'), bytes: room('bytes') };
  const most = Math.min(...Object.values(rooms));
  const has = [
    `memory for ${count(rooms.bytes)} (${Math.round(each.bytes / 2 ** 20)} MiB each)`,
    `open files for ${count(rooms.files)}`,
    `processes for ${count(rooms.tasks)}`,
  ].join(', ');
  if (most >= pool.max)
    return { state: 'ok', message: `the ${pool.max} agents of worker.pool.max have room: ${has}` };
  const tight = (['files', 'tasks', 'bytes'] as const).filter((what) => rooms[what] < pool.max);
  const remedy = tight.map((what) => remedies[what]).join(', and ');
  return {
    state: 'warning',
    message: `worker.pool.max is ${pool.max}, and there is room for ${most} agents at a time: ${has}. Set worker.pool.max to ${Math.max(1, most)}, or ${remedy}`,
  };
}

const count = (number: number) => (Number.isFinite(number) ? String(number) : 'any');
