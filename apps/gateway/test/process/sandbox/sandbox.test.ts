import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { measureTrees } from '../../../src/process/measure-trees.ts';
import { MemoryLimit } from '../../../src/process/memory-limit.ts';
import { createProcessTable } from '../../../src/process/process-table.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { isAlive } from '../../contracts/worker-contract/is-alive.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openSandbox } from './open-sandbox.ts';

const table = createProcessTable();
const mebibyte = 1024 * 1024;

describe('from inside a sandbox', () => {
  test.each([
    {
      what: 'the key of the gateway',
      script: (at: Places) => `cat ${at.dataDir}/signing-key.json`,
      says: 'No such file',
    },
    {
      what: 'a key of the user',
      script: (at: Places) => `cat ${at.home}/.ssh/id_ed25519`,
      says: 'No such file',
    },
    {
      what: 'the work dir of another session',
      script: (at: Places) => `cat ${at.otherWorkDir}/notes.txt`,
      says: 'No such file',
    },
    { what: 'passwords', script: () => 'cat /etc/shadow', says: 'No such file' },
    {
      what: 'sockets of services',
      script: () => 'ls /run/docker.sock /var/run/docker.sock',
      says: 'No such file',
    },
  ])('[B3] $what cannot be read', async ({ script, says }) => {
    using bench = openSandbox();
    expect(await bench.run(script(bench))).toContain(says);
  });

  test('[B3] of the kernel nothing is changed, even by an agent of root', async () => {
    using bench = openSandbox();
    const settings = ['sys/kernel/core_pattern', 'sys/kernel/hostname', 'sysrq-trigger'];
    // NOTE: asked about and not tried: should a wall be missing, the machine of the test stays as it is.
    const said = await bench.run(
      `for name in ${settings.join(' ')}; do [ -w /proc/$name ] && echo writable; done; cat /proc/self/mountinfo`,
    );
    expect(said).not.toContain('writable');
    expect(said).toMatch(/ \/proc\/sys ro,/);
  });

  test.each(['/usr/made', '/etc/made', '/made', '/opt/made'])(
    '[B3] nothing is written at %s',
    async (path) => {
      using bench = openSandbox();
      expect(await bench.run(`echo x > ${path}`)).toMatch(/Read-only|denied/);
      expect(existsSync(path)).toBe(false);
    },
  );

  test('[B3] what is written to the home or to /tmp is gone with it; the work dir and its state stay', async () => {
    using bench = openSandbox();
    await bench.run(
      `for at in ${bench.home} /tmp ${bench.workDir} ${bench.home}/.agent; do echo x > $at/sandboxed; done`,
    );
    const made = [bench.home, '/tmp', bench.workDir, join(bench.home, '.agent')];
    expect(made.filter((path) => existsSync(join(path, 'sandboxed')))).toEqual(made.slice(2));
  });

  test('[B3] [E1] it sees its own processes alone, and nobody has the environment of the gateway', async () => {
    using bench = openSandbox();
    process.env.HOTPLEX_CANARY = 'a secret of the gateway';
    onTestFinished(() => {
      delete process.env.HOTPLEX_CANARY;
    });
    const said = await bench.run('cat /proc/[0-9]*/environ | tr "\\0" "\\n"; ls -d /proc/[0-9]*');
    expect(said).toContain('AGENT_PROCESS_TREE=');
    expect(said).not.toContain('CANARY');
    expect(said.match(/^\/proc\/\d+$/gm)?.length).toBeLessThan(8);
  });

  test('[B3] it cannot signal or trace what is outside, mount anything or make namespaces of its own', async () => {
    using bench = openSandbox();
    const said = await bench.run(
      `kill -0 ${process.pid} || echo no kill; mount -t tmpfs x /mnt || echo no mount; unshare -Ur true || echo no namespace; grep CapEff /proc/self/status`,
    );
    expect(said.match(/^no \w+$/gm)).toEqual(['no kill', 'no mount', 'no namespace']);
    expect(said).toContain('CapEff:\t0000000000000000');
  });

  test('[B4] without a network not even loopback of the machine is reached', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const script = `exec ${process.execPath} -e "fetch('http://127.0.0.1:${port}').then((r) => r.text()).then(console.log, (e) => console.log(e.cause.code))"`;
    for (const [network, says] of [
      ['open', 'hello'],
      ['none', 'ECONNREFUSED'],
    ] as const) {
      using bench = openSandbox({ network, readable: [process.execPath] });
      expect(await bench.run(script)).toBe(says);
    }
  });
});

type Places = { home: string; dataDir: string; otherWorkDir: string };

describe('names that are guarded', () => {
  const names = [
    '.mcp.json',
    '.git/hooks/pre-commit',
    '.git/config',
    '.claude/settings.json',
    '.claude/settings.local.json',
    ...['opencode.json', '.opencode/plugin/x.ts', '.pi/extensions/x.ts', '.pi/settings.json'],
    ...['.codex/hooks.json', '.cursor/mcp.json', '.gemini/settings.json'],
  ];
  const folders = ['.claude', '.codex', '.cursor', '.gemini', '.git', '.opencode', '.pi'];

  test.each([true, false])('[B5] [CVE-2026-25725] are not written where they exist: %s', async (exist) => {
    using bench = openSandbox();
    if (exist) {
      for (const name of names) {
        mkdirSync(join(bench.workDir, dirname(name)), { recursive: true });
        writeFileSync(join(bench.workDir, name), 'of the user');
      }
      writeFileSync(join(bench.workDir, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    }
    const attempts = names.flatMap((name) => [
      `mkdir -p ${name.split('/').slice(0, -1).join('/') || '.'}`,
      `echo evil > ${name}`,
      `rm -f ${name}`,
      `mv ${name} away`,
      `ln -sf /tmp/evil ${name}`,
    ]);
    const moves = folders.flatMap((folder) => [`mv ${folder} ${folder}2`, `rm -rf ${folder}`]);
    await bench.run([...attempts, ...moves, 'mkdir .git', 'touch worked'].join('\n'));
    expect(existsSync(join(bench.workDir, 'worked'))).toBe(true);
    for (const name of names) {
      const path = join(bench.workDir, name);
      expect(existsSync(path) ? readFileSync(path, 'utf8') : 'nothing').toBe(
        exist ? 'of the user' : 'nothing',
      );
    }
    // A copy does no harm: nothing reads it.
    const left = readdirSync(bench.workDir).filter((name) => name !== 'away');
    const kept = [...folders, '.mcp.json', 'opencode.json', 'worked'];
    expect(left.toSorted()).toEqual(exist ? kept.toSorted() : ['worked']);
  });

  test.each([
    ...['.vscode/settings.json', '.vscode/tasks.json', '.idea/workspace.xml', '.envrc', '.husky/_/husky.sh'],
    ...['.claude/skills/x/SKILL.md', '.claude/commands/x.md', '.opencode/agent/x.md', '.cursor/rules/x.mdc'],
  ])('[B5] are not those that an ordinary edit changes: %s', async (name) => {
    using bench = openSandbox();
    // A folder that is not there is guarded as a whole, since nobody knows what would be made in it.
    mkdirSync(join(bench.workDir, dirname(name)), { recursive: true });
    writeFileSync(join(bench.workDir, dirname(name), 'theirs'), '');
    await bench.run(`echo mine > ${name}`);
    expect(readFileSync(join(bench.workDir, name), 'utf8')).toBe('mine\n');
  });

  test('[B5] stay guarded for a second agent of the work dir when the first ends, and leave nothing behind', async () => {
    using bench = openSandbox();
    const registry = { folder: join(bench.root, 'processes'), spool: false };
    const second = bench.start('echo up; read line; echo evil > .mcp.json; echo over', { registry });
    {
      await using first = bench.start('echo up; read line', { registry });
      await first.line(0);
      await second.line(0);
    }
    second.process.writeLine('go');
    await second.line(1);
    expect(readFileSync(join(bench.workDir, '.mcp.json'), 'utf8')).not.toContain('evil');
    await second.exit;
    await second.process.stop();
    expect(readdirSync(bench.workDir)).toEqual([]);
  });

  test('[B5] that are links stop the start, in words', async () => {
    using bench = openSandbox();
    mkdirSync(join(bench.workDir, '.git'));
    symlinkSync('/tmp', join(bench.workDir, '.git', 'hooks'));
    await using fake = bench.start('true');
    expect(await fake.exit).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('hooks is a link'),
    });
  });

  test('[B5] of its own state are only read: what a person runs outside of the sandbox cannot be planted', async () => {
    using bench = openSandbox();
    const said = await bench.run(
      `echo evil > ${bench.home}/.agent/settings.json; echo mine > ${bench.home}/.agent/session`,
    );
    expect(said).toContain('Read-only');
    expect(readFileSync(join(bench.home, '.agent', 'session'), 'utf8')).toBe('mine\n');
  });

  test('[B5] shell code that it writes for itself is seen by nobody else, and it sees none of others', async () => {
    using bench = openSandbox();
    const snapshots = join(bench.home, '.agent', 'snapshots');
    mkdirSync(snapshots, { recursive: true });
    writeFileSync(join(snapshots, 'theirs.sh'), 'echo theirs');
    const said = await bench.run(`ls ${snapshots}; echo evil > ${snapshots}/theirs.sh && cat ${snapshots}/*`);
    expect(said).toBe('evil');
    expect(readFileSync(join(snapshots, 'theirs.sh'), 'utf8')).toBe('echo theirs');
  });
});

describe.each(['pipe', 'spool'] as const)('a program in a sandbox, with a %s', (stdio) => {
  test('[B2] is asked to finish itself, and its own end is told', async () => {
    using bench = openSandbox();
    await using fake = bench.start("trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.05; done", {
      stdio,
    });
    await fake.line(0);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', code: 3 });
    expect(fake.lines).toEqual(['up', 'asked']);
  });

  test('[B2] that obeys nobody is killed with all it started, whatever sessions they made', async () => {
    using bench = openSandbox();
    await using fake = bench.start(
      "trap '' TERM; (env -i setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' &); echo up; while :; do sleep 1; done",
      { stdio },
    );
    await fake.line(0);
    const all = (await table.list()).filter(({ pid, session }) => pid === fake.pid || session === fake.pid);
    expect(all.length).toBeGreaterThan(0);
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped' });
    expect(isAlive(fake.pid)).toBe(false);
    expect(readdirSync('/proc').filter((pid) => commandOf(pid).includes(bench.workDir))).toEqual([]);
  });

  test('[B2] a signal that ended it is told as if there were no walls', async () => {
    using bench = openSandbox();
    await using fake = bench.start('kill -9 $$', { stdio });
    expect(await fake.exit).toMatchObject({ reason: 'killed', code: null, signal: 'SIGKILL' });
  });

  test('a work dir that holds the home cannot be walled in', async () => {
    using bench = openSandbox();
    await using fake = bench.start('true', { stdio, needs: { ...bench.needs, workDir: bench.root } });
    expect(await fake.exit).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('home'),
    });
  });
});

test('[B7] what works within the walls is measured and limited, and not only what holds them', async () => {
  const clock = createManualClock();
  const memory = new MemoryLimit({ maxBytes: 150 * mebibyte, table, clock });
  const program = fileURLToPath(new URL('../../fake-cli/hoards.mjs', import.meta.url));
  using bench = openSandbox({ readable: [program] });
  // In a session of its own, and nobody's child but the sandbox's.
  await using fake = bench.start(`(setsid node ${program} 200 &); exec sleep 600`, { memory });
  expect(await fake.line(0)).toBe('full');
  const usage = (await measureTrees([fake.pid], table)).get(fake.pid);
  expect(usage?.memoryBytes).toBeGreaterThan(200 * mebibyte);
  expect(usage?.cpuMs).toBeGreaterThan(0);
  clock.advance(3_000);
  expect(await fake.exit).toMatchObject({ reason: 'memory-limit' });
});

test.each([
  { to: 'no walls', network: undefined, words: 'isolation sandbox' },
  { to: 'no network', network: 'none' as const, words: 'network open' },
])('[G8] [B1] a sandbox is not gone on with by a gateway that asks for $to', async ({ network, words }) => {
  using bench = openSandbox();
  using asked = openSandbox({ network: network ?? 'open' });
  await using fake = bench.start('while :; do sleep 1; done', { stdio: 'spool' });
  const { handle } = fake.process;
  if (!handle) throw new Error('it does not outlive the gateway');
  const exit = Promise.withResolvers<unknown>();
  const spawn = createSpawnProcess({ clock, ...(network && { isolation: asked.isolation }) });
  spawn(
    { file: '', args: [], cwd: '/', env: {}, adopt: { handle, offset: 0 } },
    { onLines() {}, onExit: exit.resolve },
  );
  expect(await exit.promise).toMatchObject({ reason: 'killed', message: expect.stringContaining(words) });
  expect(isAlive(handle.pid)).toBe(false);
});

function commandOf(pid: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'latin1') : '';
  } catch {
    return '';
  }
}
