import { describe, expect, test } from 'vitest';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { play, type Scene, start } from './play.ts';
import { SharedAgent } from './shared-agent.ts';

/** What outlives the process. */
export function memoryContract({ name, capabilities, setUp, prompts: { memory } }: WorkerContract): void {
  const { remember, recall, fact, later, unknownSession = '11111111-1111-4111-8111-111111111111' } = memory;

  const shared = new SharedAgent(setUp);
  let said = '';
  /** With an agent that was told something to remember; it may have been asked for it before. */
  const remembering = (scene: Scene) =>
    shared.play(async (agent, stage) => {
      if (agent.all('done').length === 0) said = textOf(await agent.turn(remember));
      await scene(agent, stage);
    });

  describe(`${name}: memory`, () => {
    test('[S3] is kept from turn to turn', () =>
      remembering(async (agent) => {
        expect(textOf(await agent.turn(recall))).toContain(fact);
      }));

    if (capabilities.fork) {
      test('[I5] a fork remembers it, in a conversation of its own', () =>
        remembering(async (agent, stage) => {
          await using fork = start(stage, { fork: agent.session });
          expect(textOf(await fork.turn(recall))).toContain(fact);
          expect(fork.session).not.toBe(agent.session);
          expect(fork.all('context.lost')).toEqual([]);
          expect(textOf(await agent.turn(recall))).toContain(fact);
        }));
    }

    test(`[I5] its turns end at points that ${later ? 'it' : 'nobody'} can be taken back to`, () =>
      remembering(async (agent, stage) => {
        const [first] = agent.all('done');
        expect(first?.data.point === undefined).toBe(later === undefined);
        if (!later) return;
        await agent.turn(later.remember);
        expect(textOf(await agent.turn(later.recall))).toContain(later.fact);
        await using earlier = start(stage, { fork: first?.data.point ?? '' });
        const recalled = textOf(await earlier.turn(later.recall));
        expect(recalled).toContain(fact);
        expect(recalled).not.toContain(later.fact);
        expect(earlier.all('context.lost')).toEqual([]);
        await using lost = start(stage, { fork: `${first?.data.point}0` });
        expect(textOf(await lost.turn(recall))).not.toContain(fact);
        expect(lost.all('context.lost')).toHaveLength(1);
      }));

    test('[S5] resumes with its memory after SIGKILL', () =>
      remembering(async (agent, stage) => {
        const { session: resume } = agent;
        const pid = stage.sharedPid?.() ?? agent.worker.pid;
        // NOTE: An agent with a process per turn has none to kill now; it resumes in a new worker all the same.
        if (pid === undefined) await agent.worker.stop();
        else {
          process.kill(pid, 'SIGKILL');
          expect(await agent.exit()).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });
        }
        await using resumed = start(stage, { resume });
        const turn = await resumed.turn(recall);
        expect(textOf(turn)).toContain(fact);
        expect(resumed.all('context.lost')).toEqual([]);
        // What was said before is in the session's log already.
        expect(resumed.all('done')).toHaveLength(1);
        expect(textOf(resumed.events)).not.toContain(said);
      }));

    test('[S5] a conversation that is gone is told as lost, and a new one begins', () =>
      play(
        setUp,
        async (agent) => {
          await agent.turn(remember);
          expect(agent.all('context.lost')).toHaveLength(1);
          expect(agent.session).not.toBe(unknownSession);
          expect(textOf(await agent.turn(recall))).toContain(fact);
        },
        { resume: unknownSession },
      ));

    if (!capabilities.fork) return;

    test('[I5] a fork of one that is gone is told as lost, and a new one begins', () =>
      play(
        setUp,
        async (agent) => {
          await agent.turn(remember);
          expect(agent.all('context.lost')).toHaveLength(1);
          expect(textOf(await agent.turn(recall))).toContain(fact);
        },
        { fork: unknownSession },
      ));
  });
}
