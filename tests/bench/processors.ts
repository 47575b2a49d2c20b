import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The processor of what is measured, and that of agents and clients; undefined where there is only one, or no `taskset`. */
export const processors =
  availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0
    ? { measured: '0', others: '1' }
    : undefined;

/** A command that keeps to a processor, where that can be. */
export function onProcessor(which: 'measured' | 'others', command: readonly string[]): [string, ...string[]] {
  const [program = '', ...args] = command;
  return processors ? ['taskset', '-c', processors[which], program, ...args] : [program, ...args];
}

/** Keeps a process that runs, and all its threads, to a processor (man 1 taskset, of util-linux). */
export function pin(pid: number, which: 'measured' | 'others'): void {
  if (processors) spawnSync('taskset', ['-a', '-c', '-p', processors[which], String(pid)]);
}

/** What tells the agents of the bench which processor is theirs. */
export const agentEnvironment: Readonly<Record<string, string>> = processors
  ? { BENCH_AGENT_CPU: processors.others }
  : {};
