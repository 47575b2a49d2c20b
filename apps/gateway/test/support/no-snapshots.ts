import type { WatchedFiles } from '../../src/session/session-options.ts';

/** Sessions whose files nobody looks at. */
export const noSnapshots: WatchedFiles = {
  start: () => undefined,
  beginTurn() {},
  endTurn() {},
  copyAll() {},
  async removeAll() {},
};
