import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../support/operators.ts';
import { ownHome } from '../support/own-home.ts';
import { main } from '../support/run-cli.ts';

test('start -d comes back when it is ready; stop ends it; both may be said twice', async () => {
  const { cli, dataDir } = ownHome();
  expect(await cli(['gateway', 'status'])).toMatchObject({ code: 3, out: 'No gateway runs.\n' });
  const started = JSON.parse((await cli(['gateway', 'start', '-d', '--json'])).out);
  expect(started).toMatchObject({ started: true, url: expect.stringContaining('http://127.0.0.1:') });
  expect((await fetch(`${started.url}/health`)).status).toBe(200);
  const log = join(dataDir, 'gateway.log');
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'gateway.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse((await cli(['gateway', 'start', '-d', '--json'])).out)).toMatchObject({
    ...{ started: false, pid: started.pid },
  });
  expect(JSON.parse((await cli(['gateway', 'status', '--json'])).out)).toMatchObject({
    ...{ running: true, answers: true, pid: started.pid },
  });
  expect((await cli(['run', 'pid'])).code).toBe(0);
  expect(await cli(['gateway', 'stop'])).toMatchObject({ code: 0, out: 'The gateway has ended.\n' });
  expect(existsSync(join(dataDir, 'gateway.json'))).toBe(false);
  expect(await cli(['gateway', 'stop'])).toMatchObject({ code: 0, out: 'No gateway runs.\n' });
});

test('a gateway that cannot start says why, in its own words, to whoever started it', async () => {
  const { cli } = ownHome({ HOTPLEX_WORKER_DEFAULT_WORK_DIR: '/nowhere/at/all' });
  const { code, err } = await cli(['gateway', 'start', '-d']);
  expect(err).toMatch(/^hotplex gateway: the work directory \/nowhere\/at\/all does not exist/);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});

test('[G8] restart loses no turn of an agent that can go on without a gateway', async () => {
  // Where it was is where its clients come back to.
  const address = `127.0.0.1:${await freePort()}`;
  const { cli, work } = ownHome({ DEMO_PACE: '0.3', HOTPLEX_GATEWAY_ADDR: address });
  await cli(['gateway', 'start', '-d']);
  const before = JSON.parse((await cli(['gateway', 'status', '--json'])).out);
  const running = cli(['run', '--json', '--cwd', work, 'slow']);
  await expect
    .poll(async () => JSON.parse((await cli(['sessions', 'list', '--json'])).out)[0]?.state)
    .toBe('running');
  expect((await cli(['gateway', 'restart'])).code).toBe(0);
  const after = JSON.parse((await cli(['gateway', 'status', '--json'])).out);
  expect(after.pid).not.toBe(before.pid);
  expect(JSON.parse((await running).out)).toMatchObject({
    ok: true,
    text: expect.stringContaining('Line 40'),
  });
});

test('what a gateway that was killed left behind is no gateway', async () => {
  const { cli, dataDir } = ownHome();
  const { pid } = JSON.parse((await cli(['gateway', 'start', '-d', '--json'])).out);
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await cli(['gateway', 'status'])).code).toBe(3);
  expect((await cli(['gateway', 'start', '-d'])).code).toBe(0);
  await cli(['gateway', 'stop', '--now']);
  // Nor is what nobody can read.
  writeFileSync(join(dataDir, 'gateway.json'), '{');
  expect((await cli(['gateway', 'status'])).code).toBe(3);
});

/** A gateway that is started over a channel, as commands do and supervisors may. */
function serveOverChannel(
  { home, dataDir, env }: ReturnType<typeof ownHome>,
  more: Record<string, string> = {},
) {
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH, HOME: home, ...env, ...more },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return { child, exited: once(child, 'exit'), record: join(dataDir, 'gateway.json') };
}

test('a gateway whose command is gone while it starts is not left behind', async () => {
  const { child, exited } = serveOverChannel(ownHome(), { HOTPLEX_BOUND: '1' });
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test('a supervisor that closes its channel ends no gateway', async () => {
  const home = ownHome();
  const { child, exited, record } = serveOverChannel(home);
  await expect.poll(() => existsSync(record)).toBe(true);
  child.disconnect();
  expect((await home.cli(['run', 'pid'])).code).toBe(0);
  expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ pid: child.pid, ending: false });
  child.kill();
  await exited;
});

test('start -d puts a lasting gateway in the place of one that runs for a command, and says so', async () => {
  const home = ownHome();
  const { child, exited, record } = serveOverChannel(home, { HOTPLEX_BOUND: '1' });
  await expect.poll(() => existsSync(record)).toBe(true);
  expect((await home.cli(['gateway', 'status'])).out).toContain('it ends with that');
  const { out, err } = await home.cli(['gateway', 'start', '-d', '--json']);
  expect(err).toContain('another takes its place');
  expect(JSON.parse(out)).toMatchObject({ started: true, bound: false });
  expect(JSON.parse(out).pid).not.toBe(child.pid);
  expect(await exited).toEqual([0, null]);
});
