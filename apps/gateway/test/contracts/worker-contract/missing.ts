import { describe, expect, test } from 'vitest';
import type { WorkerContract } from './contract.ts';
import { play } from './play.ts';

/** The agent on this machine: found, or not installed. */
export function missingContract({ name, setUp, setUpMissing, prompts: { text } }: WorkerContract): void {
  describe(`${name}: on this machine`, () => {
    test('[H7] it is found, with the version that is said to be tested', async () => {
      await using stage = await setUp();
      const { tested } = stage.definition;
      expect(await stage.definition.locate()).toEqual({
        available: true,
        version: tested ?? expect.stringMatching(/\d/),
        path: expect.stringMatching(/^\//),
      });
    });

    test('[H7] where it is missing it says so, and how to install it', async () => {
      await using stage = await setUpMissing();
      expect(await stage.definition.locate()).toEqual({
        available: false,
        reason: expect.stringMatching(/\S/),
        install: expect.stringMatching(/\S/),
      });
    });

    test('[S3] where it is missing a start fails, saying why; the prompt before it does not throw', () =>
      play(setUpMissing, async (agent) => {
        agent.prompt(text.prompt);
        const exit = await agent.exit();
        expect(exit.reason).toBe('start-failed');
        expect(exit.message).toMatch(/\S/);
        expect(agent.events).toEqual([]);
      }));
  });
}
