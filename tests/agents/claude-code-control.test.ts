import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../apps/gateway/src/worker/worker.ts';
import { only, outline, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { ClaudeBench } from './open-claude.ts';

const run = promisify(execFile);
const last = (events: readonly WorkerEvent[]) => only(events, 'done').at(-1);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('interrupt, steer, stop', () => {
  test('[I5] an interrupt ends the turn within a second and the process goes on', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@slow');
    await claude.next('message.delta');
    const before = performance.now();
    claude.worker.interrupt();
    const events = await turn;
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(last(events)).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
    expect(only(events, 'error')).toEqual([]);
    const { pid } = claude.worker;
    expect(texts(await claude.turn('@@text(Here.)'))).toEqual(['Here.']);
    expect(claude.worker.pid).toBe(pid);
  });

  test('[I5] an interrupt right behind its prompt still ends it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.next('worker.ready');
    const turn = claude.turn('@@slow');
    claude.worker.interrupt();
    expect(last(await turn)).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  });

  test('[I5] a prompt interrupted before the process is up never reaches the model', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@slow');
    claude.worker.interrupt();
    expect(last(await turn)).toMatchObject({ success: false, input_ids: ['input-1'] });
    await claude.turn('@@text');
    expect(bench.model.requests.map(({ scenario }) => scenario)).toEqual(['text']);
  });

  test('[E4] an interrupt withdraws the open request', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const turn = claude.turn('@@touch(made)');
    const { id } = await claude.next('permission_request');
    claude.worker.interrupt();
    expect(only(await turn, 'interaction.withdrawn')).toEqual([{ id }]);
    claude.worker.respond?.({ kind: 'permission', id, allowed: true });
    expect(texts(await claude.turn('@@text(Still here.)'))).toEqual(['Still here.']);
    expect(existsSync(join(bench.workDir, 'made'))).toBe(false);
  });

  test('[I3] a steered prompt joins the turn after the running tool', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    const turn = claude.turn('@@bash(cat gate)');
    await claude.next('tool_call');
    claude.worker.steer?.({ inputId: 'aside', content: 'And mind the gap.' });
    await writeFile(join(bench.workDir, 'gate'), 'go\n');
    const events = await turn;
    expect(only(events, 'input.taken')).toEqual([{ input_id: 'aside' }]);
    expect(last(events)?.input_ids).toEqual(['input-1', 'aside']);
    expect(bench.model.requests.at(-1)?.body).toContain('And mind the gap.');
  });

  test('[I3] a steered prompt that comes too late gets a turn of its own', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@text(One.)');
    const from = claude.events.length;
    claude.worker.steer?.({ inputId: 'late', content: '@@text(Two.)' });
    await claude.next('done', from);
    expect(outline(claude.events.slice(from))).toEqual(['turn.started', 'text Two.', 'done true end_turn']);
    expect(only(claude.events.slice(from), 'turn.started')).toEqual([{ input_ids: ['late'] }]);
  });

  test('[G8] stop in the middle of a tool leaves no process behind', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate'), join(bench.workDir, 'up')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    void claude.turn('@@bash(echo $$ > up; exec cat gate)');
    const tool = Number(await readFile(join(bench.workDir, 'up'), 'utf8'));
    expect(isAlive(tool)).toBe(true);
    const before = performance.now();
    const exit = await claude.worker.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(exit.reason).toBe('stopped');
    expect(await claude.exit).toBe(exit);
    expect(isAlive(tool)).toBe(false);
  });
});

describe('memory', () => {
  test('[S5] after SIGKILL a resumed process remembers', async () => {
    await using bench = await ClaudeBench.open();
    const first = bench.start();
    await first.turn('The word is plum. @@text(Noted.)');
    const { id } = await first.next('worker.session');
    process.kill(first.worker.pid ?? 0, 'SIGKILL');
    expect(await first.exit).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });

    const second = bench.start({ resume: id });
    expect(texts(await second.turn('@@recall'))).toEqual(['First you said: The word is plum.']);
    expect(only(second.events, 'context.lost')).toEqual([]);
  });

  test('[S5] a conversation that is gone starts afresh, and says so', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ resume: '11111111-1111-4111-8111-111111111111' });
    const events = await claude.turn('Who am I? @@recall');
    expect(events.map(({ type }) => type).slice(0, 3)).toEqual([
      'context.lost',
      'worker.ready',
      'worker.session',
    ]);
    expect(texts(events)).toEqual(['First you said: Who am I?']);
    expect(only(events, 'worker.session')[0]?.id).not.toBe('11111111-1111-4111-8111-111111111111');
  });

  test('[I5] clear forgets, and the new conversation is the one to resume', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('The word is plum. @@text(Noted.)');
    const from = claude.events.length;
    claude.worker.command?.({ command: 'clear' });
    await claude.next('done', from);
    const sessions = only(claude.events, 'worker.session').map(({ id }) => id);
    expect(new Set(sessions).size).toBe(2);
    expect(bench.model.requests).toHaveLength(1);
  });
});
