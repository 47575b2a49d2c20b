import type { Script } from '../script.ts';

export const think: Script = {
  keyword: 'think',
  shows: 'reasoning before the answer',
  async play(turn) {
    await turn.think([
      'Somebody wants to see how thinking looks. ',
      'I will think for a moment, ',
      'and then answer.',
    ]);
    await turn.say('That was my reasoning; you can fold it away.');
  },
};
