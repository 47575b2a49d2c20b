import type { ProcessNeeds, SpawnProcess } from '../process/child-process.ts';

/** Starts processes with what an adapter says of them, for where there are walls around them. */
export function withNeeds(spawn: SpawnProcess, needs: ProcessNeeds): SpawnProcess {
  return (options, listener) => spawn({ ...options, needs }, listener);
}
