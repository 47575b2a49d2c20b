import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../apps/gateway/src/worker/worker.ts';
import { only, outline, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { ClaudeBench } from './open-claude.ts';

const run = promisify(execFile);
const last = (events: readonly WorkerEvent[]) => only(events, 'done').at(-1);

describe('turns', () => {
  test('[S3] one process serves turn after turn and remembers', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const first = await claude.turn('My name is Ada. @@text(Hello Ada.)');
    const { pid } = claude.worker;
    await claude.turn('@@think');
    const third = await claude.turn('@@recall');

    expect(outline(first)).toEqual([
      'worker.ready',
      'worker.session',
      'text Hello Ada.',
      'done true end_turn',
    ]);
    expect(texts(third)).toEqual(['First you said: My name is Ada.']);
    expect(claude.worker.pid).toBe(pid);
    expect(only(claude.events, 'worker.ready')[0]).toMatchObject({ version: '2.1.330' });
  });

  test('[E3] the figures are those of the turn, not of the process', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@text');
    const second = await claude.turn('@@parallel');
    expect(last(second)).toMatchObject({
      success: true,
      input_ids: ['input-2'],
      stats: {
        tool_calls: 2,
        input_tokens: 2_400,
        output_tokens: 84,
        cache_read_tokens: 1_800,
        cache_write_tokens: 600,
        total_tokens: 4_884,
        model: 'claude-sonnet-4-5',
        context_used_percent: 1.2,
        stop_reason: 'end_turn',
      },
    });
  });

  test('[E2] five thousand deltas and an answer of 300 kB arrive whole', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    const many = await claude.turn('@@many(5000)');
    expect(texts(many)).toEqual(['abcd '.repeat(5_000)]);
    expect(only(many, 'message.delta').length).toBeGreaterThan(4_000);
    expect(texts(await claude.turn('@@big(300000)'))).toEqual(['x'.repeat(300_000)]);
  });

  test('the system prompt reaches the model, beginning with a dash or not', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { system_prompt: '--be brief and say XYZZY' } });
    await claude.turn('@@text');
    expect(bench.model.requests.at(-1)?.body).toContain('--be brief and say XYZZY');
  });

  test('[E1] a background command is a step, and its end starts a turn nobody asked for', async () => {
    await using bench = await ClaudeBench.open();
    await run('mkfifo', [join(bench.workDir, 'gate')]);
    const claude = bench.start({ config: { allowed_tools: ['Bash'] } });
    const first = await claude.turn('@@background(cat gate)');
    expect(outline(first)).toContain('step background running');
    expect(only(first, 'background.tasks')).toEqual([{ count: 1 }]);

    const from = claude.events.length;
    await writeFile(join(bench.workDir, 'gate'), 'go\n');
    await claude.next('done', from);
    const later = claude.events.slice(from);
    expect(only(later, 'turn.started')).toEqual([{ input_ids: [] }]);
    expect(only(later, 'background.tasks')).toEqual([{ count: 0 }]);
    expect(last(later)).toMatchObject({ success: true, input_ids: [] });
  });

  test('[E1] a sub-agent speaks under the call that started it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start();
    await claude.turn('@@agent');
    await claude.next('turn.started');
    const call = only(claude.events, 'tool_call')[0];
    expect(call).toMatchObject({ kind: 'agent', title: 'A smaller task' });
    expect(only(claude.events, 'message')).toMatchObject([
      { content: 'I am the helper.', parent_id: call?.id },
    ]);
    expect(only(claude.events, 'step').map(({ status }) => status)).toEqual(['running', 'completed']);
  });
});
