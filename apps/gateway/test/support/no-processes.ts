import type { LastingProcesses } from '../../src/process/child-process.ts';

/** For sessions whose workers are no processes: whatever an earlier gateway left is there, and ends at once. */
export const noProcesses: Pick<LastingProcesses, 'has' | 'reap' | 'sweep'> = {
  has: () => true,
  reap: async () => {},
  sweep: async () => {},
};
