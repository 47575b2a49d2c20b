import { expect, test } from 'vitest';
import { measureTrees } from '../../src/process/measure-trees.ts';
import { MemoryLimit } from '../../src/process/memory-limit.ts';
import { createProcessTable } from '../../src/process/process-table.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { isAlive } from './killable-gateway.ts';
import { startFake, stdioKinds } from './start-fake.ts';

const table = createProcessTable();
const mebibyte = 1024 * 1024;

test('memory and time of a process and all it started are measured', async () => {
  await using fake = startFake('hoards', { args: ['200'] });
  await fake.line(0);
  const [usage] = (await measureTrees([fake.pid, 2 ** 22 + 1], table)).values();
  expect(usage).toMatchObject({ processes: 2 });
  expect(usage?.memoryBytes).toBeGreaterThan(200 * mebibyte);
  expect(usage?.memoryBytes).toBeLessThan(600 * mebibyte);
  expect(usage?.cpuMs).toBeGreaterThan(0);
});

test.each(stdioKinds)(
  '[B7] a tree that uses too much memory is ended, with words; others are not (%s)',
  async (stdio) => {
    const clock = createManualClock();
    const memory = new MemoryLimit({ maxBytes: 400 * mebibyte, table, clock });
    await using modest = startFake('hoards', { args: ['1'], memory, stdio });
    await using fake = startFake('hoards', { args: ['500'], memory, stdio });
    await Promise.all([modest.line(0), fake.line(0)]);
    clock.advance(3_000);
    const exit = await fake.exit;
    expect(exit).toMatchObject({ reason: 'memory-limit', signal: 'SIGTERM' });
    expect(exit.message).toMatch(
      /^the agent and what it started used \d{3} MB of memory; 400 MB are allowed$/,
    );
    expect(isAlive(modest.pid)).toBe(true);
  },
);
