import { expect, test } from 'vitest';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import type { SharedAgent } from './shared-agent.ts';

/** One dot as a PNG. */
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Pictures that come with a prompt. */
export function pictureContract({ name, prompts: { image } }: WorkerContract, shared: SharedAgent): void {
  if (image === undefined) return;

  test(`${name}: [I2] a picture reaches the model`, () =>
    shared.play(async (agent) => {
      const { from } = agent.prompt(image.prompt, [{ type: 'image', media_type: 'image/png', data: dot }]);
      expect(textOf(await agent.turnFrom(from))).toBe(image.says);
    }));
}
