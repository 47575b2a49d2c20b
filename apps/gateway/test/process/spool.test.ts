import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChildProcess } from '../../src/process/child-process.ts';
import { makeProcessFolder, ProcessFolder } from '../../src/process/process-folder.ts';
import { createProcessTable } from '../../src/process/process-table.ts';
import { findProcessTree } from '../../src/process/process-tree.ts';
import { Spool } from '../../src/process/spool/spool.ts';
import { makeSpoolFiles } from '../../src/process/spool/spool-files.ts';
import { makeFifo } from '../../src/process/spool/system-tool.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { eventually, isAlive } from './killable-gateway.ts';
import { type StartOptions, startFake as startAnyFake } from './start-fake.ts';

const mebibyte = 1024 * 1024;
const table = createProcessTable();
const startFake = (program: string, options: StartOptions = {}) =>
  startAnyFake(program, { stdio: 'spool', ...options });

function handleOf({ handle }: ChildProcess) {
  if (!handle) throw new Error('this process does not outlive its gateway');
  return handle;
}

describe('the files of a process', () => {
  test.each([undefined, 'a prompt'])('can be read by nobody else, with the input %s', async (stdin) => {
    await using fake = startFake('forever', { stdin });
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

  test('[G8] [G10] of one that wrote too long a line, what was told before that is not told again', async () => {
    await using fake = startFake('huge-line', { args: ['2000000'], maxLineBytes: 1_000 });
    await fake.exit;
    expect(fake.lines).toEqual(['before']);
    expect(fake.process.offset).toBe('before\n'.length);
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

  test('[G11] a process is ended when the disk has no room for what it says, also one that does not care', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spool-'));
    const registry = { folder, spool: true, limits: { freeBytes: Number.MAX_SAFE_INTEGER } };
    await using fake = startFake('forever', { registry });
    await fake.line(0);
    expect(await fake.exit).toMatchObject({
      reason: 'disk-full',
      message: expect.stringContaining('the disk of the gateway is full'),
    });
    rmSync(folder, { recursive: true });
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

test('after a restart of the machine not even the same pid and start time is touched', async () => {
  await using fake = startFake('forever');
  await fake.line(0);
  const handle = handleOf(fake.process);
  // What a restart leaves: the folder of a process of the last boot, whose pid and start time have come again.
  const old = new ProcessFolder(join(mkdtempSync(join(tmpdir(), 'spool-')), 'old-mark'));
  cpSync(handle.folder, old.path, { recursive: true, filter: (path) => !path.endsWith('stdin') });
  makeFifo(old.stdin);
  const record = old.read();
  if (!record) throw new Error('nothing was written down');
  old.write({ ...record, gateway: { ...record.gateway, bootId: 'the last one' } });
  const adopt = { handle: { ...handle, mark: 'old-mark', folder: old.path }, offset: 0 };
  await using next = startFake('', { adopt });
  expect(await next.exit).toMatchObject({ reason: 'exited', code: null });
  expect(next.lines).toEqual(['ready']);
  expect(isAlive(fake.pid)).toBe(true);
  rmSync(dirname(old.path), { recursive: true });
});

test('[G10] an output that only grows ends the process where the file system takes nothing back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spool-'));
  const registry = { folder, spool: true, limits: { fileBytes: 40 * mebibyte } };
  await using fake = startFake('floods', { args: ['200'], registry });
  await withoutTools(() => fake.exit);
  expect(fake.exits).toMatchObject([
    {
      reason: 'output-limit',
      message:
        'the process wrote more than 41943040 bytes, and this file system takes no part of a file back',
    },
  ]);
  rmSync(folder, { recursive: true });
});

test('where the machine has no watches left the output is looked for often', async () => {
  const clock = createManualClock();
  const folder = makeProcessFolder(mkdtempSync(join(tmpdir(), 'spool-')), 'mark');
  makeSpoolFiles(folder).close();
  const watch = () => {
    throw Object.assign(new Error('no space left for watches'), { code: 'ENOSPC' });
  };
  const tree = findProcessTree({ mark: 'mark', process: undefined }, table);
  const spool = new Spool({ folder, offset: 0, tree, table, clock, watch });
  let told = '';
  const onOutput = (chunk: Buffer) => {
    told += chunk;
  };
  spool.listen({ onOutput, onError() {}, onLost() {} });
  await new Promise(setImmediate);
  appendFileSync(folder.stdout, 'hello\n');
  clock.advance(50);
  expect(told).toBe('hello\n');
  appendFileSync(folder.stdout, 'again\n');
  clock.advance(50);
  expect(told).toBe('hello\nagain\n');
  await spool.finish();
  rmSync(dirname(folder.path), { recursive: true });
});

test('[G8] a line that has not ended stays whole, however long it is: the next gateway begins with it', async () => {
  const folder = makeProcessFolder(mkdtempSync(join(tmpdir(), 'spool-')), 'mark');
  makeSpoolFiles(folder).close();
  const tree = findProcessTree({ mark: 'mark', process: undefined }, table);
  appendFileSync(folder.stdout, `before\n${'x'.repeat(40 * mebibyte)}`);
  const spool = new Spool({ folder, offset: 0, tree, table, clock: createManualClock() });
  spool.listen({ onOutput() {}, onError() {}, onLost() {} });
  await spool.finish();
  expect(readFileSync(folder.stdout).subarray(7).includes(0)).toBe(false);
  rmSync(dirname(folder.path), { recursive: true });
});

test('[G9] a folder that somebody cleared away ends no gateway, and the output is told on', async () => {
  const clock = createManualClock();
  const folder = makeProcessFolder(mkdtempSync(join(tmpdir(), 'spool-')), 'mark');
  const files = makeSpoolFiles(folder);
  const tree = findProcessTree({ mark: 'mark', process: undefined }, table);
  const spool = new Spool({ folder, offset: 0, tree, table, clock });
  let told = '';
  const onOutput = (chunk: Buffer) => {
    told += chunk;
  };
  spool.listen({ onOutput, onError() {}, onLost() {} });
  rmSync(dirname(folder.path), { recursive: true });
  const [, stdout, stderr] = files.stdio;
  writeSync(stdout, 'hello\n');
  for (let looks = 0; looks < 20; looks++) {
    writeSync(stderr, Buffer.alloc(mebibyte, 'x'));
    clock.advance(500);
    await stat(tmpdir());
  }
  files.close();
  await spool.finish();
  expect(told).toBe('hello\n');
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
  const says = 'the agent could not be gone on with after a crash of the gateway: ';

  test('if the gateway died in the middle of a prompt, when all it said is told', async () => {
    await using fake = startFake('forever');
    await fake.line(0);
    fake.process.writeLine('x'.repeat(mebibyte));
    await using next = startFake('', { adopt: { handle: handleOf(fake.process), offset: 0 } });
    expect(await next.exit).toMatchObject({
      reason: 'killed',
      message: `${says}it ended in the middle of handing the agent something`,
    });
    expect(next.lines).toEqual(['ready']);
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
  await withoutTools(async () => {
    await using fake = startFake('echo');
    expect(fake.process.handle).toBeUndefined();
    fake.process.closeInput();
    expect(await fake.exit).toMatchObject({ reason: 'exited', code: 0 });
  });
});

/** As on a machine that lacks mkfifo and fallocate. */
async function withoutTools(run: () => Promise<unknown>): Promise<void> {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await run();
  } finally {
    process.env.PATH = path;
  }
}
