import { expect } from 'vitest';
import type { CommandScene } from '../../apps/gateway/test/contracts/worker-contract.ts';

/** claude-agent-acp takes short names of models and tells the long ones. */
export const setClaudeModel: CommandScene = {
  args: 'haiku',
  async prove(worker) {
    const from = worker.command({ command: 'set_model', args: 'haiku' });
    const answer = await worker.until('an answer', () =>
      worker.events.slice(from).find(({ type }) => type === 'worker.notice' || type === 'error'),
    );
    expect(answer).toMatchObject({
      type: 'worker.notice',
      data: { kind: 'model', details: { model: 'haiku' } },
    });
    const turn = await worker.turn('@@text(Hello.)');
    expect(turn.flatMap(({ type, data }) => (type === 'done' ? [data.stats?.model] : []))).toEqual([
      expect.stringContaining('haiku'),
    ]);
  },
};
