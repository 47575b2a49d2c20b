import { z } from 'zod';
import { count, duration, flag, size } from './values.ts';

/** How much of their work dirs is copied so that changes can be shown and put back; the section `snapshots` of the configuration. */
export const snapshotsSettings = z
  .strictObject({
    enabled: flag.default(true).describe('Whether changes of files are shown and can be put back.'),
    max_files: count.default(20_000).describe('How many files of a work dir are looked at.'),
    max_file_size: size.default(1_048_576).describe('Largest file whose content is held.'),
    max_session_size: size
      .default(268_435_456)
      .describe('All that is held for one session: contents, and the log of them.'),
    timeout: duration.default(10_000).describe('How long one look at a work dir may take.'),
  })
  .prefault({});
