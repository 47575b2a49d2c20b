import { expect, test } from 'vitest';
import { noIsolation } from '../../src/process/isolation.ts';
import { createResourceLimits } from '../../src/process/resource-limits.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';

/** Open files at most, softly and for good, and the size of core dumps, of a shell and of what it starts. */
const show = 'ulimit -Sn; ulimit -Hn; ulimit -Sc; sh -c "ulimit -Hn; ulimit -Hc"';

/** What this machine allows a program that has no limits of ours. */
async function ofTheMachine(): Promise<string[]> {
  using bench = openSandbox();
  return (await bench.run(show, { isolation: noIsolation })).split('\n');
}

test.each(['process', 'sandbox'] as const)(
  '[B7] at level %s a program and its children have so many open files and dump no memory',
  async (level) => {
    using bench = openSandbox();
    const isolation = level === 'sandbox' ? bench.isolation : { level, wall: createResourceLimits() };
    const [, hard] = await ofTheMachine();
    const files = String(hard === 'unlimited' ? 65_536 : Math.min(65_536, Number(hard)));
    expect((await bench.run(show, { isolation })).split('\n')).toEqual([files, files, '0', files, '0']);
    // Nor can it raise them; only root could.
    if (process.getuid?.() !== 0)
      expect(await bench.run(`ulimit -Hn ${Number(files) + 1}`, { isolation })).not.toBe('');
  },
);
