import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createOpenCodeServer } from '../../apps/gateway/src/worker/opencode-server/definition.ts';
import { RecordedWorker } from '../../apps/gateway/test/contracts/recorded-worker.ts';
import { only, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { OpenCodeBench, realOpenCode } from './open-opencode.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const bench = await OpenCodeBench.open();
const commands = join(bench.root, 'home', '.config', 'opencode', 'command');
await mkdir(commands, { recursive: true });
await writeFile(join(commands, 'greet.md'), 'Hello $ARGUMENTS\n');
const secrets: string[] = [];
const ids = createIds();
const spawn = createSpawnProcess({ clock: systemClock });
const started: string[] = [];
const definition = createOpenCodeServer({
  ...{ clock: systemClock, command: realOpenCode },
  spawn(options, listener) {
    started.push(options.args.join(' '));
    return spawn(options, listener);
  },
  environment: bench.environment,
  ids: {
    ...ids,
    secret: (bytes) => {
      secrets.push(ids.secret(bytes));
      return secrets.at(-1) ?? '';
    },
  },
});

afterAll(async () => {
  await definition.close();
  await bench[Symbol.asyncDispose]();
});

const start = (workDir: string, resume?: string) =>
  new RecordedWorker(definition, { workDir, config: { model: 'test/one' }, ...(resume ? { resume } : {}) });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('one server for many sessions', () => {
  test('[S2] sessions of one folder and of another share the process and not their words', async () => {
    const [here, there] = [await bench.workDir(), await bench.workDir()];
    await using one = start(here);
    await using two = start(here);
    await using three = start(there);
    const turns = await Promise.all(
      [one, two, three].map((agent, index) => agent.turn(`@@text(I am ${index}.)`)),
    );
    expect(turns.map(texts)).toEqual([['I am 0.'], ['I am 1.'], ['I am 2.']]);
    expect(secrets).toHaveLength(1);
  });

  test('[E4] what one session always allows, another in the same folder is asked', async () => {
    const workDir = await bench.workDir();
    await using one = start(workDir);
    await using two = start(workDir);
    const { from } = one.prompt('@@touch(made)');
    const { data } = await one.next('permission_request', from);
    one.respond({ kind: 'permission', id: data.id, allowed: true, optionId: 'allow_session' });
    await one.turnFrom(from);
    const other = two.prompt('@@touch(made)');
    const asked = await two.next('permission_request', other.from);
    two.respond({ kind: 'permission', id: asked.data.id, allowed: false });
    expect(only(await two.turnFrom(other.from), 'tool_result')[0]?.denied).toBe(true);
  });

  test('[I5] [E4] a command of the operator is carried out; of a work dir, and what would run or read, are words', async () => {
    const workDir = await bench.workDir();
    await mkdir(join(workDir, '.opencode', 'command'), { recursive: true });
    await writeFile(join(workDir, '.opencode', 'command', 'local.md'), '@@text(Of the work dir.)\n');
    await using agent = start(workDir);
    const { commands } = (await agent.next('worker.ready')).data;
    expect(commands?.map(({ name }) => name)).toContain('greet');
    expect(texts(await agent.turn('/greet you there'))).toEqual(['You said: Hello you there']);
    expect(texts(await agent.turn('/local @@text(It is words.)'))).toEqual(['It is words.']);
    const outside = join(bench.root, 'outside.txt');
    await writeFile(outside, 'gamma\n');
    const made = join(workDir, 'made');
    await agent.turn(`/greet !\`touch ${made}\``);
    expect(existsSync(made)).toBe(false);
    const [said] = texts(await agent.turn(`/greet @${outside} @@recall-all`));
    expect(said).toContain(`/greet @${outside}`);
    expect(said).not.toContain('gamma');
  });

  test('[E4] a sub-agent asks too, and its words belong to its call', async () => {
    const workDir = await bench.workDir();
    await using agent = start(workDir);
    const { from } = agent.prompt('@@agent(touch made-by-helper)');
    const { data } = await agent.next('permission_request', from);
    expect(existsSync(join(workDir, 'made-by-helper'))).toBe(false);
    agent.respond({ kind: 'permission', id: data.id, allowed: true, optionId: 'allow_once' });
    const turn = await agent.turnFrom(from);
    expect(existsSync(join(workDir, 'made-by-helper'))).toBe(true);
    expect(texts(turn)).toEqual(['> It ran.', 'The helper is done.']);
    const [call, inner] = only(turn, 'tool_call');
    expect(inner?.parent_id).toBe(call?.id);
    expect(only(turn, 'step').map(({ status }) => status)).toEqual(['running', 'completed']);
  });

  test('[B6] a work dir that brings code for OpenCode is refused, and nothing of it runs', async () => {
    const workDir = await bench.workDir();
    await mkdir(join(workDir, '.opencode', 'plugin'), { recursive: true });
    const plugin = `import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(workDir, 'evil'))}, '');
      export const Evil = async () => ({});`;
    await writeFile(join(workDir, '.opencode', 'plugin', 'evil.js'), plugin);
    await using agent = start(workDir);
    expect(await agent.exit()).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('.opencode/plugin'),
    });
    expect(existsSync(join(workDir, 'evil'))).toBe(false);
  });

  test('[A2] [CVE-2026-22812] who has no password runs nothing on it, and no page of somebody else is answered', async () => {
    const workDir = await bench.workDir();
    await using agent = start(workDir);
    await agent.turn('@@text');
    const port = /--port[= ](\d+)/.exec(started.at(-1) ?? '')?.[1];
    expect(started.at(-1)).toMatch(/--hostname[= ]127\.0\.0\.1/);
    const evil = { agent: 'build', command: `touch ${join(workDir, 'evil')}` };
    for (const [method, path] of [
      ['POST', '/session'],
      ['POST', '/session/ses_x/shell'],
      ['GET', '/config'],
      ['GET', '/event'],
      ['GET', '/file/content?path=/etc/passwd'],
    ] as const)
      for (const authorization of [undefined, 'Basic b3BlbmNvZGU6', `Basic ${btoa('opencode:opencode')}`]) {
        const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
          ...{ method, headers: authorization ? { ...headers, authorization } : headers },
          ...(method === 'POST' ? { body: JSON.stringify(evil) } : {}),
        });
        await answer.body?.cancel();
        expect(answer.status, `${method} ${path}`).toBe(401);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    expect(existsSync(join(workDir, 'evil'))).toBe(false);
  });

  test('[B3] the password is not told by a tool that prints it, and a work dir grants no permission', async () => {
    const workDir = await bench.workDir();
    await writeFile(join(workDir, 'opencode.json'), JSON.stringify({ permission: { bash: 'allow' } }));
    await using agent = start(workDir);
    const { from } = agent.prompt('@@bash(env)');
    const { data } = await agent.next('permission_request', from);
    agent.respond({ kind: 'permission', id: data.id, allowed: true, optionId: 'allow_once' });
    const [result] = only(await agent.turnFrom(from), 'tool_result');
    expect(String(result?.output)).toContain('OPENCODE_SERVER_PASSWORD=[password]');
    for (const secret of secrets) expect(JSON.stringify(agent.events)).not.toContain(secret);
  });

  test('[E2] an answer that breaks off is told once', async () => {
    await using agent = start(await bench.workDir());
    const turn = await agent.turn('@@cut-once');
    expect(texts(turn).join('')).toContain('Said anew.');
    expect(only(turn, 'done')).toMatchObject([{ success: true }]);
  });

  test('[I3] a prompt steered into a turn that is interrupted runs after it', async () => {
    await using agent = start(await bench.workDir());
    const { from } = agent.prompt('@@slow');
    await agent.next('message.delta', from);
    agent.worker.steer?.({ inputId: 'aside', content: '@@text(And this.)' });
    agent.worker.interrupt();
    const first = await agent.turnFrom(from);
    expect(only(first, 'done')).toMatchObject([{ stats: { stop_reason: 'interrupted' } }]);
    const second = await agent.turnFrom(from + first.length);
    expect(only(second, 'turn.started')).toEqual([{ input_ids: ['aside'] }]);
    expect(texts(second)).toEqual(['And this.']);
  });
});

describe('its end', () => {
  test('[S5] a crash is told to every session, and each goes on in a new server', async () => {
    const workDir = await bench.workDir();
    await using one = start(workDir);
    await using two = start(workDir);
    await one.turn('The word is plum. @@text(Noted.)');
    await two.turn('The word is pear. @@text(Noted.)');
    process.kill(definition.serverPid ?? 0, 'SIGKILL');
    expect((await Promise.all([one.exit(), two.exit()])).map(({ signal }) => signal)).toEqual([
      ...['SIGKILL', 'SIGKILL'],
    ]);
    await using again = start(workDir, one.session);
    await using more = start(workDir, two.session);
    expect(texts(await again.turn('@@recall'))).toEqual(['First you said: The word is plum.']);
    expect(texts(await more.turn('@@recall'))).toEqual(['First you said: The word is pear.']);
  });

  test('[B2] when the gateway stops nothing is left, not even a tool in a group of its own', async () => {
    const agent = start(await bench.workDir());
    const { from } = agent.prompt('@@bash(echo running $$; exec sleep 600)');
    const { data } = await agent.next('permission_request', from);
    agent.respond({ kind: 'permission', id: data.id, allowed: true, optionId: 'allow_once' });
    const tool = await agent.until('the tool', () => {
      const pid = /running (\d+)/.exec(JSON.stringify(agent.all('tool_update', from)))?.[1];
      return pid === undefined ? undefined : Number(pid);
    });
    const server = definition.serverPid ?? 0;
    expect([isAlive(tool), isAlive(server)]).toEqual([true, true]);
    await agent.worker.stop();
    expect([isAlive(tool), isAlive(server)]).toEqual([false, true]);
    await definition.close();
    expect(isAlive(server)).toBe(false);
  });
});
