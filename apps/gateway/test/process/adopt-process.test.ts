import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventually, isAlive, Place } from './killable-gateway.ts';
import { startFake } from './start-fake.ts';

/** What test/fake-cli/counts.mjs writes. */
function counted(count: number, longest: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    return `${index + 1} ${'é'.repeat(((index + 1) * 7919) % longest)}\n`;
  });
  return `${lines.join('')}done\n`;
}

describe('a process that outlives its gateway', () => {
  test('[G8] goes on, hears what the next gateway says, and is told once, wherever the cut was', async () => {
    const args = [400, 3_000] as const;
    const expected = counted(...args);
    const cut = fc.nat(expected.length);
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 4 }), async (cuts) => {
        await using place = new Place({ program: 'counts', args });
        for (const length of cuts.sort((a, b) => a - b)) {
          const gateway = await place.start();
          await eventually(() => place.log.length >= length);
          await gateway.kill();
        }
        const pid = place.agentPid;
        const last = await place.start();
        await eventually(() => place.log.endsWith('done\n'));
        expect(place.log).toBe(expected);
        last.write('hello');
        await eventually(() => place.log.endsWith('heard hello\n'));
        expect(place.log).toBe(`${expected}heard hello\n`);
        expect(place.agentPid, 'the same process').toBe(pid);
        await last.stop();
        expect(place.processes).toEqual([]);
        expect(isAlive(pid)).toBe(false);
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  test('[G8] that ended while there was no gateway is told to its last word', async () => {
    await using place = new Place({ program: 'counts', args: [300, 100] });
    await (await place.start()).kill();
    const output = join(place.folder, 'processes', String(place.processes[0]), 'stdout');
    await eventually(() => readFileSync(output, 'utf8').endsWith('done\n'));
    process.kill(place.agentPid, 'SIGKILL');
    const next = await place.start();
    const said = await next.says('"reason"');
    expect(said).toContain('"reason":"exited","code":null,"signal":null');
    expect(place.log).toBe(counted(300, 100));
    await eventually(() => place.processes.length === 0);
  });
});

describe('a process that cannot be gone on with', () => {
  const gone = { pid: 2 ** 22 + 1, startTime: '1', mark: 'nobody', folder: '/nowhere/nobody' };

  test('is told as an exit with words', async () => {
    await using fake = startFake('', { adopt: { handle: gone, offset: 0 } });
    expect(await fake.exit).toEqual({
      ...{ reason: 'killed', code: null, signal: null, stderr: '' },
      message:
        'the agent could not be gone on with after a crash of the gateway: what was written down of the agent process is gone',
    });
    expect(fake.exits).toHaveLength(1);
  });
});
