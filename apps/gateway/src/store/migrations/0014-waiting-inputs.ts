import { migration } from './migration.ts';

/** A prompt may have to wait until a time, and all that wait with it. */
export const waitingInputs = migration(['alter table inputs add column not_before integer']);
