import type { AttachedFiles } from '../../src/session/session-options.ts';

/** Sessions to which nobody uploads. */
export const noFiles: AttachedFiles = {
  find: () => undefined,
  contentPath: () => '/nowhere',
  place() {
    throw new Error('there are no files');
  },
  removeAll() {},
  copyAll() {},
};
