import { arch, cpus, totalmem, type } from 'node:os';
import { processors } from '../processors.ts';

/** The machine, as far as a reader needs it, and nothing by which it could be told from others. */
export function describeMachine(): string {
  const cores = cpus().length;
  const memory = Math.round(totalmem() / 2 ** 30);
  const pinned = processors
    ? 'what is measured keeps to one of them, agents and clients to another'
    : 'nothing keeps to a core, since there is only one or no taskset';
  return `${cores} cores, shared with others (${arch()}, ${type()}, ${memory} GiB of memory); ${pinned}; Node ${process.version}`;
}
