import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChildProcess } from '../../src/process/child-process.ts';
import { createProcessTable } from '../../src/process/process-table.ts';
import { eventually, isAlive } from './killable-gateway.ts';
import { type StartOptions, startFake as startAnyFake } from './start-fake.ts';

const mebibyte = 1024 * 1024;
const startFake = (program: string, options: StartOptions = {}) =>
  startAnyFake(program, { stdio: 'spool', ...options });

function handleOf({ handle }: ChildProcess) {
  if (!handle) throw new Error('this process does not outlive its gateway');
  return handle;
}

describe('the files of a process', () => {
  test('can be read by nobody else', async () => {
    await using fake = startFake('forever');
    await fake.line(0);
    const { folder } = handleOf(fake.process);
    const modes = ['', ...readdirSync(folder)].map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes[0]).toBe(0o700);
    expect(new Set(modes.slice(1))).toEqual(new Set([0o600]));
  });

  test('name it for a later gateway, with the bytes that were told', async () => {
    await using fake = startFake('half-line');
    await fake.line(0);
    expect(fake.process.offset).toBe('whole\n'.length);
    expect(handleOf(fake.process)).toMatchObject({
      pid: fake.pid,
      startTime: expect.stringMatching(/^\d+$/),
    });
    await fake.exit;
    expect(fake.process.offset).toBe('whole\nhalf'.length);
  });

  test('[G10] take no more room than what was not told yet, though all positions stay', async () => {
    await using fake = startFake('floods', { args: ['200'] });
    await eventually(() => fake.process.offset === 200 * mebibyte);
    const { folder } = handleOf(fake.process);
    expect(statSync(join(folder, 'stdout')).size).toBe(200 * mebibyte);
    await eventually(() => statSync(join(folder, 'stdout')).blocks * 512 <= 48 * mebibyte);
    expect(fake.lines).toHaveLength(200 * 1_024);
    expect(fake.lines.every((line, index) => Number.parseInt(line, 10) === index)).toBe(true);
  });

  test('[G10] a process that writes faster than it is read is ended; what was told is whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spool-'));
    const registry = { folder, spool: true, limits: { backlogBytes: mebibyte } };
    // A reader that is busy with other things after each read.
    const whenRead = () => {
      for (const until = performance.now() + 20; performance.now() < until; );
    };
    await using fake = startFake('floods', { args: ['500'], registry, whenRead });
    expect(await fake.exit).toMatchObject({
      reason: 'output-limit',
      message: 'the process wrote faster than it could be read: more than 1048576 bytes waited',
    });
    expect(fake.lines.length).toBeGreaterThan(0);
    expect(fake.lines.slice(0, -1).every((line, index) => Number.parseInt(line, 10) === index)).toBe(true);
    await fake.process.stop();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('the input of a process', () => {
  test('[G9] that reads nothing blocks nobody, however much is written', async () => {
    const fakes = Array.from({ length: 8 }, () => startFake('forever'));
    await Promise.all(fakes.map((fake) => fake.line(0)));
    const begin = performance.now();
    for (const fake of fakes) fake.process.writeLine('x'.repeat(mebibyte));
    // With file streams each of them would hold one of libuv's threads, and this would never end.
    await Promise.all(fakes.map(() => stat(tmpdir())));
    expect(performance.now() - begin).toBeLessThan(2_000);
    await Promise.all(fakes.map((fake) => fake[Symbol.asyncDispose]()));
  });

  test('of many megabytes arrives whole', async () => {
    await using fake = startFake('echo');
    const line = 'é'.repeat(4 * mebibyte);
    fake.process.writeLine(line);
    fake.process.writeLine('end');
    expect(await fake.line(1)).toBe('end');
    expect(fake.lines[0] === line).toBe(true);
  });
});

describe('a process that cannot be gone on with is ended', () => {
  const says = 'the agent could not be gone on with after the gateway was restarted: ';

  test('if the gateway died in the middle of a prompt', async () => {
    await using fake = startFake('forever');
    await fake.line(0);
    fake.process.writeLine('x'.repeat(mebibyte));
    const handle = handleOf(fake.process);
    await using next = startFake('', { adopt: { handle, offset: fake.process.offset } });
    expect(await next.exit).toMatchObject({
      reason: 'killed',
      message: `${says}the gateway ended in the middle of handing it something`,
    });
    expect(isAlive(fake.pid)).toBe(false);
  });

  test.each([
    ['shorter than what was stored', (file: string) => truncateSync(file, 2)],
    ['given back to the file system', (file: string) => writeFileSync(file, '\0'.repeat(100))],
  ])('if its output is %s', async (_, spoil) => {
    await using fake = startFake('forever');
    await fake.line(0);
    const handle = handleOf(fake.process);
    spoil(join(handle.folder, 'stdout'));
    await using next = startFake('', { adopt: { handle, offset: 6 } });
    expect(await next.exit).toMatchObject({ message: `${says}a part of its output is gone` });
    expect(isAlive(fake.pid)).toBe(false);
  });

  test('and a stranger with its pid is never touched', async () => {
    await using stranger = startFake('forever');
    await stranger.line(0);
    await using fake = startFake('forever');
    await fake.line(0);
    const handle = { ...handleOf(fake.process), pid: stranger.pid };
    await using next = startFake('', { adopt: { handle, offset: 0 } });
    expect(await next.exit).toMatchObject({ reason: 'exited', code: null, signal: null });
    expect(isAlive(stranger.pid)).toBe(true);
    expect(next.lines).toEqual(['ready']);
  });
});

test('where the machine has no /proc a process gets pipes', async () => {
  await using fake = startFake('echo', { table: createProcessTable('/nowhere') });
  expect(fake.process.handle).toBeUndefined();
  fake.process.writeLine('hello');
  expect(await fake.line(0)).toBe('hello');
});

test('where no FIFO can be made a process gets pipes', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await using fake = startFake('echo');
    expect(fake.process.handle).toBeUndefined();
    fake.process.closeInput();
    expect(await fake.exit).toMatchObject({ reason: 'exited', code: 0 });
  } finally {
    process.env.PATH = path;
  }
});
