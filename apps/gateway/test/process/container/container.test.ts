import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createContainer } from '../../../src/process/container/container.ts';
import { guardedByDefault } from '../../../src/settings/isolation-settings.ts';
import { startFake } from '../start-fake.ts';

const standIn = fileURLToPath(new URL('../../fake-cli/containers.mjs', import.meta.url));

function openContainers() {
  const root = mkdtempSync(join(tmpdir(), 'containers-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [workDir, home] = [join(root, 'work'), join(root, 'home')];
  for (const folder of [workDir, home]) mkdirSync(folder);
  const record = join(root, 'record');
  const isolation = createContainer({
    ...{
      command: standIn,
      image: 'agents:1',
      network: 'bridge',
      args: ['--pids-limit=64'],
      memoryBytes: 1024,
    },
    engine: {
      DOCKER_HOST: 'unix:///run/podman.sock',
      RECORD: record,
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    },
    guardedNames: guardedByDefault,
  });
  const needs = { workDir, state: [{ path: join(home, '.agent'), readOnly: ['settings.json'] }] };
  const start = (script: string, more = {}) =>
    startFake('', {
      ...{ file: '/bin/sh', args: ['-c', script], cwd: workDir, needs, isolation },
      env: { HOME: home, AGENT_KEY: 'a secret', PATH: '/of/the/machine' },
      ...more,
    });
  const calls = (): { command: string; args: string[]; environment: Record<string, string> }[] =>
    readFileSync(record, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { workDir, home, start, calls, needs, root };
}

test('[B1] the program is run in a container with its work dir, its state and nothing else', async () => {
  const { workDir, home, start, calls } = openContainers();
  writeFileSync(join(workDir, '.mcp.json'), 'of the user');
  {
    await using fake = start('read line; echo "heard $line"');
    fake.process.writeLine('hello');
    expect(await fake.line(0)).toBe('heard hello');
    await fake.exit;
  }
  const [run] = calls();
  const args = run?.args ?? [];
  const at = args.indexOf('agents:1');
  expect(args.slice(at + 1)).toEqual(['-c', 'read line; echo "heard $line"']);
  // All of it: one that is missing is a hole, and one more may be another.
  const given = args.slice(0, at).filter((arg) => !/^--(env|mount|name)=/.test(arg));
  expect(given).toEqual([
    ...['--rm', '--interactive', '--init', '--pull=never', '--log-driver=none', '--read-only'],
    ...['--tmpfs=/tmp:exec', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--ulimit=core=0'],
    ...['--network=bridge', `--user=${process.getuid?.()}:${process.getgid?.()}`],
    ...[`--workdir=${workDir}`, '--entrypoint=sh', '--memory=1024', `--tmpfs=${home}:exec`],
    '--pids-limit=64',
  ]);
  expect(args.filter((arg) => arg.startsWith('--env=')).sort()).toEqual(['--env=AGENT_KEY', '--env=HOME']);
  expect(args).toEqual(
    expect.arrayContaining([
      `--mount=type=bind,source=${workDir},target=${workDir}`,
      `--mount=type=bind,source=${home}/.agent,target=${home}/.agent`,
      `--mount=type=bind,source=${workDir}/.mcp.json,target=${workDir}/.mcp.json,readonly`,
    ]),
  );
  const mounted = args.flatMap((arg) => /^--mount=.*source=([^,]+)/.exec(arg)?.[1] ?? []);
  expect(mounted.every((path) => path.startsWith(workDir) || path.startsWith(`${home}/.agent`))).toBe(true);
});

test('[E3] values of variables are in no argument', async () => {
  const { start, calls } = openContainers();
  await using fake = start('exit 0');
  await fake.exit;
  expect(calls()[0]?.args.join(' ')).not.toContain('a secret');
  expect(calls()[0]?.environment).toMatchObject({
    AGENT_KEY: 'a secret',
    DOCKER_HOST: 'unix:///run/podman.sock',
  });
});

test('[B2] a container is removed by its name, whatever became of the command that ran it', async () => {
  const { start, calls, workDir } = openContainers();
  {
    await using fake = start("trap '' TERM; echo up; while :; do sleep 0.1; done");
    await fake.line(0);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped' });
  }
  const [run, removal] = calls();
  const name = run?.args.find((arg) => arg.startsWith('--name='))?.slice('--name='.length);
  expect(removal).toMatchObject({ command: 'rm', args: ['--force', name] });
  expect(readdirSync(workDir)).toEqual([]);
});

test('[B2] a signal that ended the program is told as if there were no container', async () => {
  const { start } = openContainers();
  await using fake = start('kill -9 $$');
  expect(await fake.exit).toMatchObject({ reason: 'killed', code: null, signal: 'SIGKILL' });
});

test('a home with a colon, behind which the command would look for options, is refused', async () => {
  const { start, home } = openContainers();
  await using fake = start('true', { env: { HOME: `${home}/a:b` } });
  expect(await fake.exit).toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining('a:b has ":" in its name'),
  });
});

test.each(['a,b', 'a"b'])(
  'a work dir named %s, which the command would read otherwise, is refused',
  async (name) => {
    const { start, needs, root } = openContainers();
    const workDir = join(root, name);
    mkdirSync(workDir);
    await using fake = start('true', { needs: { ...needs, workDir } });
    expect(await fake.exit).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('container'),
    });
  },
);

test('what is talked to over loopback is refused', async () => {
  const { start, needs } = openContainers();
  await using fake = start('true', { needs: { ...needs, serves: true } });
  expect(await fake.exit).toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining('loopback'),
  });
});
