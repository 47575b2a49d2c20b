import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readLease, removeLease, writeLease } from '../../src/process/keeper/lease.ts';
import { findReaperFile } from '../../src/process/keeper/reaper-file.ts';
import { ProcessFolder } from '../../src/process/process-folder.ts';
import { createProcessTable } from '../../src/process/process-table.ts';
import { isAlive } from './killable-gateway.ts';
import { startFake } from './start-fake.ts';

const reap = (folder: string) => promisify(execFile)(process.execPath, [findReaperFile(), folder, 'all']);

test('[G8] the reaper ends nothing that a gateway owns, or that one which just started may take over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reaper-'));
  const registry = { folder, spool: true };
  await using owned = startFake('forever', { stdio: 'spool', registry });
  await using left = startFake('forever', { stdio: 'spool', registry });
  await Promise.all([owned.line(0), left.line(0)]);
  const written = new ProcessFolder(left.process.handle?.folder ?? '');
  const record = written.read();
  if (!record) throw new Error('nothing was written down');
  written.write({ ...record, gateway: { ...record.gateway, startTime: '1' } });

  const gateway = createProcessTable().find(process.pid);
  if (!gateway) throw new Error('there is no /proc');
  writeLease(folder, { gateway, graceMs: 1_000 });
  expect(readLease(folder)).toEqual({ pid: gateway.pid, startTime: gateway.startTime });
  await reap(folder);
  expect([owned.pid, left.pid].map(isAlive)).toEqual([true, true]);
  removeLease(folder);
  await reap(folder);
  expect([owned.pid, left.pid].map(isAlive)).toEqual([true, false]);
  await Promise.all([owned.process.stop(), left.exit]);
  rmSync(folder, { recursive: true });
});
