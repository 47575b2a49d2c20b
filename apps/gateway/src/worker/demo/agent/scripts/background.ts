import type { Script } from '../script.ts';

const delayMs = 4_000;

export const background: Script = {
  keyword: 'background',
  shows: 'a task that reports in a turn of its own, a few seconds later',
  async play(turn) {
    const { newId, elapsed } = turn.surroundings;
    const step = { type: 'step', id: newId('step'), kind: 'background', name: 'Steep the tea' } as const;
    turn.write({ ...step, status: 'running' });
    const started = elapsed();
    turn.later(delayMs, async (laterTurn) => {
      const duration = Math.round(elapsed() - started);
      laterTurn.write({ ...step, status: 'completed', duration });
      await laterTurn.say('The tea has steeped: this turn began by itself.');
    });
    await turn.say('I let the tea steep in the background and will tell you when it is ready.');
  },
};
