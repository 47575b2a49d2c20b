import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { type FileLimits, SessionFiles } from '../../src/files/session-files.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** A picture, as far as anybody can see. */
export const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');

/** Files in a folder of their own, and a folder beside it in which an agent works. */
export function openFiles(limits: Partial<FileLimits> = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-files-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const clock = createManualClock();
  const files = new SessionFiles({
    ...{ folder: join(root, 'files'), clock, ids: createIds() },
    limits: {
      ...{ maxFileBytes: 1_000, maxSessionBytes: 2_500, maxSessionFiles: 4 },
      mediaTypes: ['image/png', 'text/plain'],
      ...limits,
    },
  });
  const give = (content: Buffer | string, name = 'a.txt', sessionId = 's') => {
    const bytes = Buffer.from(content);
    return files.receive(sessionId, { name, size: bytes.length, body: Readable.from([bytes]) });
  };
  return { clock, files, give, root };
}
