import { describe, expect, test } from 'vitest';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { WorkerContract } from './contract.ts';
import { firstSign } from './first-sign.ts';
import { isAlive } from './is-alive.ts';
import { play, start } from './play.ts';

/** How the agent's process ends, whoever ends it. */
export function processContract({ name, capabilities, setUp, prompts }: WorkerContract): void {
  const { text, endless, crash, grandchild } = prompts;
  const sign = firstSign(capabilities);

  describe(`${name}: process`, () => {
    if (crash !== undefined) {
      test('[S2] a crash in a turn is told once, with its code and last words', () =>
        play(setUp, async (agent) => {
          const { from } = agent.prompt(crash.prompt);
          const exit = await agent.exit();
          expect(exit).toMatchObject({ reason: 'exited', code: crash.code });
          expect(exit.stderr).toContain(crash.stderr);
          expect(agent.all('done', from)).toEqual([]);
        }));
    }

    test('[B2] stop in the middle of a turn leaves no process', () =>
      play(setUp, async (agent) => {
        const { from } = agent.prompt(endless);
        await agent.next(sign, from);
        const { pid } = agent.worker;
        if (pid !== undefined) expect(isAlive(pid)).toBe(true);
        const [exit, again] = await Promise.all([agent.worker.stop(), agent.worker.stop()]);
        if (pid !== undefined) expect(isAlive(pid)).toBe(false);
        expect(exit.reason).toBe('stopped');
        expect(again).toEqual(exit);
      }));

    if (capabilities.process === 'hot') {
      test.each(['SIGTERM', 'SIGKILL'] as const)('[S2] %s from outside is told once', (signal) =>
        play(setUp, async (agent) => {
          const { from } = agent.prompt(endless);
          await agent.next(sign, from);
          const { pid } = agent;
          process.kill(pid, signal);
          const exit = await agent.exit();
          expect(['exited', 'killed']).toContain(exit.reason);
          if (signal === 'SIGKILL') expect(exit).toMatchObject({ reason: 'killed', signal });
          expect(isAlive(pid)).toBe(false);
        }),
      );
    }

    if (grandchild !== undefined) {
      const endings = {
        stop: (agent: RecordedWorker) => agent.worker.stop(),
        SIGTERM: (agent: RecordedWorker) => process.kill(agent.pid, 'SIGTERM'),
        SIGKILL: (agent: RecordedWorker) => process.kill(agent.pid, 'SIGKILL'),
      };
      const possible =
        capabilities.process === 'hot' ? (['stop', 'SIGTERM', 'SIGKILL'] as const) : ['stop' as const];
      test.each(possible)('[B2] %s also ends a grandchild in a group of its own', (ending) =>
        play(setUp, async (agent) => {
          agent.prompt(grandchild);
          const pid = await agent.until('the grandchild', () => {
            const found = /grandchild (\d+)/.exec(JSON.stringify(agent.events))?.[1];
            return found === undefined ? undefined : Number(found);
          });
          expect(isAlive(pid)).toBe(true);
          endings[ending](agent);
          await agent.exit();
          expect(isAlive(pid)).toBe(false);
        }),
      );
    }

    test('[S3] a start that fails is an exit that says so; the prompt before it does not throw', async () => {
      await using stage = await setUp();
      await using agent = start(stage, { workDir: `${stage.workDir}/nowhere` });
      agent.prompt(text.prompt);
      expect(await agent.exit()).toMatchObject({ reason: 'start-failed', code: null });
      expect(agent.events).toEqual([]);
    });
  });
}
