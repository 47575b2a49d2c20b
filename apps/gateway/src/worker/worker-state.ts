import type { ChildProcess, ProcessOptions } from '../process/child-process.ts';
import type { WorkerState } from './worker.ts';

/** The part of a start by which the process may outlive the gateway, or which goes on with one that did. */
export function lasting(
  adopt: Pick<WorkerState, 'process' | 'offset'> | undefined,
): Pick<ProcessOptions, 'lasting' | 'adopt'> {
  if (!adopt) return { lasting: true };
  return { lasting: true, adopt: { handle: adopt.process, offset: adopt.offset } };
}

/** What `Worker.save` gives. The memory is asked for only if the process has a life after this gateway. */
export function stateOf(
  { handle, offset }: ChildProcess,
  remember: () => WorkerState['memory'],
): WorkerState | undefined {
  return handle && { process: handle, offset, memory: remember() };
}
