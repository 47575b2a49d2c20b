import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../apps/gateway/src/worker/worker.ts';
import { only, texts } from '../../apps/gateway/test/worker/claude-code/replay.ts';
import { ClaudeBench } from './open-claude.ts';

const last = (events: readonly WorkerEvent[]) => only(events, 'done').at(-1);

describe('failures', () => {
  test.each([
    ['unauthorized', 'UNAUTHORIZED', /ANTHROPIC_API_KEY/],
    ['limited-for-good', 'RATE_LIMITED', /rate limit/],
    ['no-model', 'CONFIG_INVALID', /claude-sonnet-4-5/],
    ['overloaded', 'INTERNAL_ERROR', /529/],
    ['invalid', 'INTERNAL_ERROR', /something is wrong/],
    ['cut', 'INTERNAL_ERROR', /dropped/],
  ])('[S2] %s becomes %s, and the next turn works', async (scenario, code, message) => {
    await using bench = await ClaudeBench.open({ CLAUDE_CODE_MAX_RETRIES: '1' });
    const claude = bench.start();
    const events = await claude.turn(`@@${scenario}`);
    expect(only(events, 'error')).toMatchObject([{ code, message: expect.stringMatching(message) }]);
    expect(last(events)).toMatchObject({ success: false, stats: { stop_reason: 'error' } });
    expect(texts(events)).toEqual([]);
    expect(texts(await claude.turn('@@text(Fine.)'))).toEqual(['Fine.']);
  });

  test('[E1] a retry that helps is told and harmless', async () => {
    await using bench = await ClaudeBench.open();
    const events = await bench.start().turn('@@limited(1)');
    expect(only(events, 'worker.notice')).toMatchObject([
      { kind: 'retry', details: { status: 429, attempt: 1 } },
    ]);
    expect(texts(events)).toEqual(['Recovered.']);
  });

  test('[E2] an answer that breaks off is taken back and said anew', async () => {
    await using bench = await ClaudeBench.open();
    const events = await bench.start().turn('@@breaks');
    expect(only(events, 'message.retract')).toHaveLength(1);
    expect(texts(events)).toEqual(['An error comes after this.']);
  });

  test('[S3] without credentials it says how to sign in', async () => {
    await using bench = await ClaudeBench.open({ ANTHROPIC_API_KEY: '' });
    const events = await bench.start().turn('@@text');
    expect(only(events, 'error')).toMatchObject([
      { code: 'WORKER_START_FAILED', message: expect.stringContaining('/login') },
    ]);
  });

  test('[D4] a value that looks like a flag starts nothing', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { model: '--dangerously-skip-permissions' } });
    expect(await claude.exit).toMatchObject({
      reason: 'start-failed',
      message: expect.stringContaining('no possible value of model'),
    });
  });

  test('[D5] the mode that never asks is refused unless the operator offers it', async () => {
    await using bench = await ClaudeBench.open();
    const claude = bench.start({ config: { permission_mode: 'bypassPermissions' } });
    expect(await claude.exit).toMatchObject({ reason: 'start-failed' });
  });
});
