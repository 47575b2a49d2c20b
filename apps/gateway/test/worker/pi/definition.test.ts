import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createPi } from '../../../src/worker/pi/definition.ts';
import { findPi } from '../../../src/worker/pi/find-pi.ts';
import { RecordedWorker } from '../../contracts/recorded-worker.ts';

const spawn = createSpawnProcess({ clock });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pi-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that stands for Pi. */
async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
const definition = (command: string) =>
  createPi({ ...{ spawn, clock, ids: createIds(), command }, environment: { PATH: '/usr/bin:/bin' } });

test('[H7] configured path, then PI_BIN, then PATH', async () => {
  const pi = await program('pi', '');
  const other = await program('other', '');
  const environment = { PATH: folder, PI_BIN: other };
  expect(findPi({ command: pi, environment })).toEqual({ path: pi });
  expect(findPi({ environment })).toEqual({ path: other });
  expect(findPi({ environment: { PATH: `.:${folder}` } })).toEqual({ path: pi });
  expect(findPi({ environment: { PATH: '.' } })).toEqual({ reason: 'pi was not found in PATH' });
});

test('[H7] what is installed is found with its version; what is missing comes with the way to install it', async () => {
  const path = await program('pi', 'echo 1.5.2');
  expect(await definition(path).locate()).toEqual({ available: true, version: '1.5.2', path });
  expect(await definition('/nowhere/pi').locate()).toEqual({
    available: false,
    reason: '/nowhere/pi is not a program that may be run',
    install: 'npm install -g @earendil-works/pi-coding-agent@0.87.1',
  });
});

test('[S3] a start without the program says how to install it', async () => {
  await using pi = new RecordedWorker(definition('/nowhere/pi'), { workDir: folder });
  const { message } = await pi.exit();
  expect(message).toMatch(/^Pi is not available: .*; npm install -g @earendil-works/);
});

test('[S2] a program that prints half a line and dies before it is up has failed to start, in its own words', async () => {
  const path = await program(
    'pi',
    'printf \'{"type":"resp\'; echo "Warning: w" >&2; echo "Error: gone" >&2; exit 3',
  );
  await using pi = new RecordedWorker(definition(path), { workDir: folder });
  pi.prompt('hello');
  expect(await pi.exit()).toMatchObject({
    ...{ reason: 'start-failed', code: 3 },
    message: 'Pi ended with code 3 before it was ready: Error: gone',
  });
  expect(pi.all('raw')).toMatchObject([{ data: { kind: 'pi.text', raw: '{"type":"resp' } }]);
});

test('[S2] a program that writes a line without end is stopped', async () => {
  const path = await program('pi', "exec head -c 40000000 /dev/zero | tr '\\0' x");
  await using pi = new RecordedWorker(definition(path), { workDir: folder });
  expect(await pi.exit()).toMatchObject({ reason: 'output-limit' });
});
