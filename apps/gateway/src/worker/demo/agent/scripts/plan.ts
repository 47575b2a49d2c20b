import type { DemoLineOf } from '../../messages.ts';
import type { Script } from '../script.ts';

type Status = DemoLineOf<'plan'>['entries'][number]['status'];

const steps = ['Fill the kettle', 'Boil the water', 'Steep the tea', 'Drink it'];

export const plan: Script = {
  keyword: 'plan',
  shows: 'a list of things to do that is worked off',
  async play(turn) {
    await turn.say('I make a plan and follow it.');
    for (let done = 0; done <= steps.length; done++) {
      const entries = steps.map((content, index) => ({
        id: `${index + 1}`,
        content,
        status: toStatus(index, done),
      }));
      turn.write({ type: 'plan', entries });
      await turn.pause(900);
    }
    await turn.say('Every step is done.');
  },
};

function toStatus(index: number, done: number): Status {
  if (index < done) return 'completed';
  return index === done ? 'in_progress' : 'pending';
}
