import { mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { createSendToProgram } from '../../src/hooks/send/send-to-program.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';
import { hookTarget } from './targets.ts';

const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-hook-')));
const send = (script: string, timeoutMs = 20_000) =>
  createSendToProgram({
    ...{ spawn: createSpawnProcess({ clock }), environment: { PATH: process.env.PATH ?? '' } },
    ...{ cwd, timeoutMs, clock },
  })(hookTarget({ command: ['/bin/sh', '-c', script] }), {
    ...{ sessionId: 'session-1', eventId: 'evt_1', message: '{"type":"done"}' },
  });

test('a program has the message as its input, and which event it is of', async () => {
  expect(await send('cat > got; env >> got')).toEqual({ taken: true });
  const got = readFileSync(join(cwd, 'got'), 'utf8');
  expect(got).toMatch(/^\{"type":"done"\}\n/);
  expect(got).toContain('HOTPLEX_EVENT_ID=evt_1\n');
  expect(got).toContain('HOTPLEX_SESSION_ID=session-1\n');
});

test('an exit code says that it was not taken, with the last words of the program', async () => {
  expect(await send('echo no room >&2; exit 3')).toEqual({
    ...{ taken: false, problem: 'it ended with code 3: no room', final: false },
  });
});

test('one that takes too long is ended, with what it began', async () => {
  expect(await send('sleep 60', 200)).toMatchObject({ taken: false, problem: 'it ran longer than 200 ms' });
});

test('one that is not there is said by its name', async () => {
  const none = createSendToProgram({
    ...{ spawn: createSpawnProcess({ clock }), environment: {}, cwd, timeoutMs: 1_000, clock },
  });
  const outcome = await none(hookTarget({ command: ['/no/such/program'] }), {
    ...{ sessionId: 's', eventId: 'e', message: '{}' },
  });
  expect(outcome).toMatchObject({ taken: false, problem: expect.stringContaining('/no/such/program') });
});
