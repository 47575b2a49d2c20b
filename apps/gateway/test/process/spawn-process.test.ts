import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import type { Exit, ProcessOptions } from '../../src/process/child-process.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';

const spawn = createSpawnProcess({ clock: systemClock });
const program = (name: string) => fileURLToPath(new URL(`../fake-cli/${name}.mjs`, import.meta.url));

/** Starts a program and gathers what it says. */
function run(args: string[], options: Partial<ProcessOptions> = {}) {
  const lines: string[] = [];
  const firstLine = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<Exit>();
  const child = spawn(
    { file: process.execPath, args, cwd: '/', env: {}, graceMs: 300, ...options },
    {
      onLines(batch) {
        lines.push(...batch);
        firstLine.resolve(lines[0] ?? '');
      },
      onExit: ended.resolve,
    },
  );
  return { child, lines, firstLine: firstLine.promise, exit: ended.promise };
}

/** Dead or a zombie, which for us is the same. */
const isGone = (pid: number) =>
  !existsSync(`/proc/${pid}`) || /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

describe('words', () => {
  test('lines both ways, and the last one without a line feed', async () => {
    const { child, lines, firstLine, exit } = run([program('talks')]);
    child.writeLine('hello');
    await firstLine;
    child.closeInput();
    expect(await exit).toMatchObject({ reason: 'exited', code: 0, signal: null });
    expect(lines).toEqual(['hello', 'no line feed']);
  });

  test('[G10] a character cut in two stays whole', async () => {
    const { lines, exit } = run([program('talks'), 'split']);
    await exit;
    expect(lines).toEqual(['{"face":"😀"}']);
  });

  test('[G10] a flood on stderr neither blocks the process nor fills the memory', async () => {
    const { lines, exit } = run([program('talks'), 'flood']);
    expect((await exit).stderr.length).toBeLessThanOrEqual(8 * 1024);
    expect(lines).toEqual(['done']);
  });

  test('[G10] a line above the limit ends the process, and says why', async () => {
    const { lines, exit } = run([program('talks'), 'huge'], { maxLineBytes: 10_000 });
    expect(await exit).toMatchObject({
      reason: 'output-limit',
      message: expect.stringContaining('10000 bytes'),
    });
    expect(lines).toEqual(['first']);
  });
});

describe('ends', () => {
  test('a crash is told with its code and its last words', async () => {
    expect(await run([program('talks'), 'crash']).exit).toMatchObject({
      reason: 'exited',
      code: 7,
      stderr: 'something went wrong',
    });
  });

  test.each([
    [{ file: '/nowhere/agent' }, /was not found/],
    [{ cwd: '/nowhere' }, /work directory \/nowhere does not exist/],
    [{ file: fileURLToPath(import.meta.url) }, /may not be executed/],
  ])('a start that fails is an exit with a reason: %o', async (options, message) => {
    const { child, exit } = run([], options);
    expect(await exit).toMatchObject({
      reason: 'start-failed',
      code: null,
      message: expect.stringMatching(message),
    });
    child.writeLine('into the void');
    expect(await child.stop()).toMatchObject({ reason: 'start-failed' });
  });

  test.each([['stay'], ['exit']])(
    '[G8] [B2] stopping leaves nobody behind, not even who left the group and ignores TERM (leader: %s)',
    async (leader) => {
      const { child, firstLine, exit } = run([program('stubborn-grandchild'), leader], {
        env: { PATH: process.env.PATH ?? '' },
      });
      const { grandchild } = JSON.parse(await firstLine) as { grandchild: number };
      if (leader === 'stay') void child.stop();
      expect(await exit).toMatchObject({ reason: leader === 'stay' ? 'stopped' : 'exited' });
      await expect.poll(() => isGone(grandchild)).toBe(true);
      expect((await child.stop()).reason).toBe(leader === 'stay' ? 'stopped' : 'exited');
    },
  );
});
