import type { Script } from '../script.ts';

export const wait: Script = {
  keyword: 'wait',
  shows: 'a turn that ends only when you interrupt it or send another prompt into it',
  async play(turn) {
    const text = turn.openText();
    await text.say('I wait until you interrupt me or say something. ');
    const prompt = await turn.nextSteered();
    await text.say(`You said “${prompt.text}”, so I go on.`);
  },
};
