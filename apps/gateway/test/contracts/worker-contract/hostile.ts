import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import { hostilities, type WorkerContract } from './contract.ts';
import { expectShape } from './expect-shape.ts';
import { play } from './play.ts';

/** Whatever else the program writes, the turn is told as it was. */
export function hostileContract({ name, capabilities, setUpHostile, prompts }: WorkerContract): void {
  const { text } = prompts;
  // The next turn of a process that has misbehaved; a new one has not.
  const turns = capabilities.process === 'per_turn' ? 1 : 2;

  if (setUpHostile === undefined) return;

  describe(`${name}: an agent that misbehaves on its outputs`, () => {
    test.each(hostilities)('[E1] %s does no harm', (hostility) =>
      play(
        () => setUpHostile(hostility),
        async (agent) => {
          for (let n = 0; n < turns; n++) {
            const turn = await agent.turn(text.prompt);
            for (const event of turn) {
              expectShape(event);
              expect(JSON.stringify(event).length, `a bounded ${event.type}`).toBeLessThan(128 * 1024);
            }
            expect(textOf(turn)).toBe(text.says);
            expect(ofType(turn, 'done')[0]?.data.success).toBe(true);
          }
          const exit = await agent.worker.stop();
          expect(exit.stderr.length).toBeLessThan(64 * 1024);
        },
      ),
    );
  });
}
