import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Fake, type StartOptions, startFake as startAnyFake, stdioKinds } from './start-fake.ts';

describe.each(stdioKinds)('with a %s:', (stdio) => {
  const startFake = (program: string, options: StartOptions = {}) =>
    startAnyFake(program, { stdio, ...options });

  describe('lines', () => {
    test('are written and read, and closing the input lets the process finish', async () => {
      await using fake = startFake('echo');
      fake.process.writeLine('one');
      fake.process.writeLine('{"text":"a\u2028b"}');
      await fake.line(1);
      fake.process.closeInput();
      // A FIFO that its reader holds open has no end: there the process is asked by a signal.
      const asked = stdio === 'pipe' ? { code: 0, signal: null } : { code: null, signal: 'SIGTERM' };
      expect(await fake.exit).toEqual({ reason: 'exited', ...asked, stderr: '' });
      expect(fake.lines).toEqual(['one', '{"text":"a\u2028b"}']);
      expect(fake.exits).toHaveLength(1);
    });

    test('a whole input is read to its end, and nothing can be added to it', async () => {
      const input = `${'é'.repeat(100_000)}\nlast`;
      await using fake = startFake('echo', { stdin: input });
      fake.process.writeLine('more');
      fake.process.closeInput();
      expect(await fake.exit).toMatchObject({ reason: 'exited', code: 0 });
      expect(fake.lines.join('\n')).toBe(input);
    });

    test('a last line without a line feed is told before the exit', async () => {
      await using fake = startFake('half-line');
      await fake.exit;
      expect(fake.lines).toEqual(['whole', 'half']);
    });

    test('a character split over two reads arrives whole', async () => {
      await using fake = startFake('split-emoji');
      expect(await fake.line(0)).toBe('ready');
      fake.process.writeLine('go on');
      await fake.exit;
      expect(fake.batches).toEqual([['ready'], ['🦊']]);
    });

    test('a line of 20 MB arrives whole', async () => {
      await using fake = startFake('huge-line', { args: ['20000000'] });
      expect(await fake.line(1)).toBe('x'.repeat(20_000_000));
    });

    test('[G10] a line over the limit ends the process; the lines before it are kept', async () => {
      await using fake = startFake('huge-line', { args: ['2000000'], maxLineBytes: 1_000_000 });
      expect(await fake.exit).toMatchObject({
        reason: 'output-limit',
        signal: 'SIGTERM',
        message: 'the process wrote a line of more than 1000000 bytes',
      });
      expect(fake.lines).toEqual(['before']);
    });
  });

  describe('exit', () => {
    test('tells the code and the last words', async () => {
      await using fake = startFake('crash');
      const stderr = 'reading the plan\nout of coffee\n';
      expect(await fake.exit).toEqual({ reason: 'exited', code: 3, signal: null, stderr });
    });

    test('[G10] a flood of 100 MB on stderr neither blocks the process nor is kept', async () => {
      await using fake = startFake('flood-stderr');
      const { stderr, code } = await fake.exit;
      expect(code).toBe(0);
      expect(fake.lines).toEqual(['done']);
      expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(8 * 1024);
      const numbers = stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 9));
      expect(numbers).toEqual([
        '000099993',
        '000099994',
        '000099995',
        '000099996',
        '000099997',
        '000099998',
        '000099999',
      ]);
    });

    test('a process that somebody else kills was killed', async () => {
      await using fake = startFake('forever');
      await fake.line(0);
      process.kill(fake.pid, 'SIGKILL');
      expect(await fake.exit).toMatchObject({ reason: 'killed', code: null, signal: 'SIGKILL' });
    });

    test('the first cause wins', async () => {
      await using fake = startFake('huge-line', { args: ['20'], maxLineBytes: 10 });
      expect(await fake.line(0)).toBe('before');
      expect(await fake.process.stop()).toMatchObject({ reason: 'output-limit' });
    });

    test('the first cause wins also when the limit comes second', async () => {
      const whenRead = (reading: Fake) => void reading.process.stop();
      await using fake = startFake('huge-line', { args: ['20'], maxLineBytes: 10, whenRead });
      expect(await fake.exit).toEqual({ reason: 'stopped', code: null, signal: 'SIGTERM', stderr: '' });
      expect(fake.lines).toEqual(['before']);
    });

    test('words for a process that does not listen, or is gone, are lost without harm', async () => {
      await using fake = startFake('deaf');
      await fake.line(0);
      for (let count = 0; count < 100; count += 1) fake.process.writeLine('x'.repeat(100_000));
      expect(await fake.process.stop()).toMatchObject({ reason: 'stopped' });
      fake.process.writeLine('too late');
      fake.process.closeInput();
      expect(await fake.process.stop()).toBe(fake.exits[0]);
      expect(fake.exits).toHaveLength(1);
    });
  });

  describe('a process that cannot start', () => {
    const cases = [
      { name: 'missing program', options: { file: '/nowhere/agent' }, says: '/nowhere/agent was not found' },
      { name: 'relative path', options: { file: 'node' }, says: 'node must be an absolute path' },
      { name: 'missing folder', options: { cwd: '/nowhere' }, says: 'the folder /nowhere does not exist' },
      {
        name: 'file as folder',
        options: { cwd: process.execPath },
        says: 'does not exist; create it or choose another',
      },
      { name: 'directory as program', options: { file: tmpdir() }, says: 'may not be run in' },
      {
        name: 'NUL in an argument',
        options: { args: ['a\0b'] },
        says: 'could not be started (ERR_INVALID_ARG_VALUE)',
      },
      {
        name: 'huge argument',
        options: { args: ['x'.repeat(4_000_000)] },
        says: 'more arguments and environment',
      },
    ];
    test.each(cases)('$name', async ({ options, says }) => {
      await using fake = startFake('echo', options);
      expect(fake.exits, 'told during the call').toHaveLength(0);
      expect(fake.process.pid).toBeUndefined();
      fake.process.writeLine('ignored');
      fake.process.closeInput();
      const exit = await fake.process.stop();
      expect(exit).toEqual({
        reason: 'start-failed',
        code: null,
        signal: null,
        stderr: '',
        message: expect.stringContaining(says),
      });
      expect(fake.exits).toEqual([exit]);
    });

    test('a program without permission to run', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'spawn-process-'));
      const file = join(folder, 'agent');
      await writeFile(file, '#!/bin/sh\n', { mode: 0o600 });
      await using fake = startFake('', { file });
      expect((await fake.exit).message).toBe(
        `${file} may not be run in ${tmpdir()}; check the permissions of both`,
      );
      await rm(folder, { recursive: true });
    });
  });

  describe('what a child is given', () => {
    test('[E1] its environment is what it was given and the mark of its tree', async () => {
      const ids = { uuid: () => 'tree-1', event: () => '', secret: () => '' };
      await using fake = startFake('print-environment', { env: { GREETING: 'hello' }, ids });
      expect(JSON.parse(await fake.line(0))).toEqual({ GREETING: 'hello', AGENT_PROCESS_TREE: 'tree-1' });
    });

    test('[E3] none of the files and sockets that the gateway has open', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'spawn-process-'));
      const secret = await open(join(folder, 'secret'), 'w');
      const server = createServer().listen(join(folder, 'socket'));
      await once(server, 'listening');
      await using fake = startFake('', { file: '/bin/ls', args: ['-l', '/proc/self/fd'] });
      await fake.exit;
      expect(fake.lines.join('\n')).not.toContain(folder);
      expect(
        fake.lines.filter((line) => line.includes('socket:')),
        'its own',
      ).toHaveLength(stdio === 'pipe' ? 3 : 0);
      server.close();
      await secret.close();
      await rm(folder, { recursive: true });
    });

    test('[D1] its arguments pass no shell', async () => {
      await using fake = startFake('', { file: '/bin/echo', args: ['$HOME; exit 7', '*'] });
      expect(await fake.exit).toMatchObject({ code: 0 });
      expect(fake.lines).toEqual(['$HOME; exit 7 *']);
    });
  });
});
