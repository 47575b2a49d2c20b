import type { Script } from '../script.ts';

export const remember: Script = {
  keyword: 'remember',
  example: 'remember the milk',
  shows: 'memory that outlives the process',
  async play(turn, rest) {
    const { memory } = turn.surroundings;
    if (rest === '') {
      await turn.say('Tell me what to remember, for example `remember the milk`.');
      return;
    }
    memory.update({ facts: [...memory.remembered.facts, rest] });
    await turn.say(`I will remember: ${rest}`);
  },
};
