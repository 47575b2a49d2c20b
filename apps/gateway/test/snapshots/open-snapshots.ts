import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { type SnapshotLimits, Snapshots } from '../../src/snapshots/snapshots.ts';

/** A session in a real, empty work dir, and what is taken down of it. */
export function openSnapshots(limits: Partial<SnapshotLimits> = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-snapshots-')));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const workDir = join(root, 'work');
  mkdirSync(workDir);
  const read: string[] = [];
  const isSecret = (path: string) => {
    read.push(path);
    return false;
  };
  const parts = {
    ...{ folder: join(root, 'snapshots'), isEnabled: true, isSecret },
    guard: { isProtected: (path: string) => path === '.mcp.json', placeholder: () => '{}\n' },
    ...{ clock: systemClock, ids: createIds(), logger: silentLogger },
    limits: {
      ...{ maxFiles: 1_000, maxFileBytes: 10_000, maxSessionBytes: 1_000_000, timeoutMs: 10_000 },
      ...limits,
    },
  };
  const snapshots = new Snapshots(parts);
  const session = { id: 'session', workDir };
  return {
    ...{ root, workDir, snapshots, session },
    /** Each file that was read, as often as it was. */
    filesRead: read,
    /** The next gateway, on the same folders. */
    reopen: (change: { isEnabled?: boolean } = {}) => new Snapshots({ ...parts, ...change }),
    write(path: string, content: string | Buffer) {
      mkdirSync(dirname(join(workDir, path)), { recursive: true });
      writeFileSync(join(workDir, path), content);
    },
    read: (path: string) => readFileSync(join(workDir, path), 'utf8'),
    remove: (path: string) => rmSync(join(workDir, path), { recursive: true }),
    async start() {
      snapshots.start(session);
      await snapshots.settled();
    },
    /** A turn in which this happens once its beginning is taken down. */
    async turn(id: string, work: () => void) {
      snapshots.beginTurn(session, id);
      await snapshots.settled();
      work();
      snapshots.endTurn(session, id);
      await snapshots.settled();
    },
    async changed(since = 'start') {
      const { files } = await snapshots.changes(session, since);
      return files.map(({ path, kind, lines }) => [path, kind, lines?.added, lines?.removed]);
    },
    /** What a client that looks at it now would send along. */
    async seen(path?: string) {
      const { state } = await snapshots.changes(session, 'start');
      if (path === undefined) return state;
      return (await snapshots.content(session, path).catch(() => undefined))?.sha256 ?? null;
    },
  };
}
