import type { Script } from '../script.ts';

export const retract: Script = {
  keyword: 'retract',
  shows: 'text that is taken back',
  async play(turn) {
    const wrong = await turn.say('This sentence will be taken back.');
    await turn.pause(800);
    turn.write({ type: 'retract', ids: [wrong], reason: 'the model started over' });
    await turn.say('This one stays.');
  },
};
