import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createProcessTable } from '../../src/process/process-table.ts';
import { createProcessTree } from '../../src/process/process-tree.ts';
import { createHeldClock } from './held-clock.ts';
import { type Fake, type StartOptions, startFake as startAnyFake, stdioKinds } from './start-fake.ts';

const table = createProcessTable();

function isAlive(pid: number): boolean {
  return table.find(pid)?.zombie === false;
}

async function grandchildOf(fake: Fake, index = 0): Promise<number> {
  const pid = Number(/^grandchild (\d+)$/.exec(await fake.line(index))?.[1]);
  expect(isAlive(pid)).toBe(true);
  return pid;
}

describe.each(stdioKinds)('stop with a %s', (stdio) => {
  const startFake = (program: string, options: StartOptions = {}) =>
    startAnyFake(program, { stdio, ...options });

  test('ends a process that obeys', async () => {
    await using fake = startFake('forever');
    await fake.line(0);
    const [first, second] = await Promise.all([fake.process.stop(), fake.process.stop()]);
    expect(first).toEqual({ reason: 'stopped', code: null, signal: 'SIGTERM', stderr: '' });
    expect(second).toBe(first);
    expect(fake.exits).toEqual([first]);
  });

  test('[B2] kills a process that ignores TERM', async () => {
    await using fake = startFake('ignores-term');
    await fake.line(0);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGKILL' });
    expect(isAlive(fake.pid)).toBe(false);
  });

  test('[B2] kills a process that is frozen', async () => {
    await using fake = startFake('forever');
    await fake.line(0);
    process.kill(fake.pid, 'SIGSTOP');
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGKILL' });
  });

  test('[B2] kills a grandchild in its own session that ignores TERM, though the process obeyed', async () => {
    await using fake = startFake('leaves-grandchild');
    const grandchild = await grandchildOf(fake);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
    expect(isAlive(grandchild)).toBe(false);
  });

  test('[B2] kills a grandchild that also wiped its environment', async () => {
    await using fake = startFake('leaves-grandchild', { args: ['--wipe-environment'] });
    const grandchild = await grandchildOf(fake);
    await fake.process.stop();
    expect(isAlive(grandchild)).toBe(false);
  });

  test('[G8] is finished before a gateway with nothing else to do may end', async () => {
    const program = fileURLToPath(new URL('stop-and-leave.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const { grandchild, exit } = JSON.parse(stdout);
    expect(exit).toMatchObject({ reason: 'stopped' });
    expect(isAlive(grandchild)).toBe(false);
  });

  test('without a process table kills the group', async () => {
    await using fake = startFake('ignores-term', { table: createProcessTable('/nowhere') });
    await fake.line(0);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGKILL' });
  });
});

describe.each(stdioKinds)('a process with a %s that ends by itself', (stdio) => {
  const startFake = (program: string, options: StartOptions = {}) =>
    startAnyFake(program, { stdio, ...options });

  test('[G8] leaves no grandchild behind, even one without a parent and in its own session', async () => {
    await using fake = startFake('leaves-grandchild', { args: ['--exit'] });
    const grandchild = await grandchildOf(fake);
    expect(await fake.exit).toMatchObject({ reason: 'exited', code: 0 });
    expect(isAlive(grandchild)).toBe(false);
  });

  test('[G8] leaves no grandchild of its group behind, even one without parent and environment', async () => {
    const args = ['--exit', '--same-group', '--wipe-environment'];
    await using fake = startFake('leaves-grandchild', { args });
    const grandchild = await grandchildOf(fake);
    await fake.exit;
    expect(isAlive(grandchild)).toBe(false);
  });

  test('[G8] is over a second later though a grandchild holds its output open', async () => {
    const clock = createHeldClock(1_000);
    await using fake = startFake('leaves-grandchild', { args: ['--exit', '--hold-stdout'], clock });
    const secondPassed = await clock.held;
    const grandchild = await grandchildOf(fake, fake.lines.indexOf('ready') === 0 ? 1 : 0);
    expect(fake.exits, 'told while the output may still bring lines').toHaveLength(0);
    secondPassed();
    expect(await fake.exit).toMatchObject({ reason: 'exited', code: 0 });
    expect(isAlive(grandchild)).toBe(false);
    expect(fake.exits).toHaveLength(1);
  });

  test('keeps its cause when it is stopped during that second', async () => {
    const clock = createHeldClock(1_000);
    await using fake = startFake('leaves-grandchild', { args: ['--exit', '--hold-stdout'], clock });
    await clock.held;
    expect(await fake.process.stop()).toMatchObject({ reason: 'exited', code: 0 });
  });
});

test('[G8] a stranger that was given the pid of a dead leader is left alone', async () => {
  await using stranger = startAnyFake('forever');
  await stranger.line(0);
  let asked = 0;
  const tree = createProcessTree({
    pid: stranger.pid,
    mark: 'AGENT_PROCESS_TREE=somebody-else',
    table: {
      ...table,
      find(pid) {
        const entry = table.find(pid);
        asked += 1;
        return entry && asked === 1 ? { ...entry, startTime: '1' } : entry;
      },
    },
  });
  expect(await tree.signal('SIGKILL')).toBe(0);
  expect(tree.anyAlive()).toBe(false);
  expect(isAlive(stranger.pid)).toBe(true);
});

test('a zombie needs no signal and is not waited for', async () => {
  // Above the highest pid there can be, so that no process hears of it.
  const pid = 2 ** 22 + 1;
  const zombie = { pid, parent: 1, group: pid, session: pid, startTime: '1', zombie: true };
  const tree = createProcessTree({
    pid,
    mark: '',
    table: {
      find: () => zombie,
      list: async () => [zombie],
      wasStartedWith: () => false,
      hasOpen: () => false,
      usage: () => undefined,
    },
  });
  expect(await tree.signal('SIGTERM')).toBe(0);
  expect(tree.anyAlive()).toBe(false);
});
