import type { Script } from '../script.ts';

export const raw: Script = {
  keyword: 'raw',
  shows: 'a message that is not streamed, and something the protocol has no word for',
  async play(turn) {
    await turn.pause(300);
    turn.write({
      type: 'whole_text',
      id: turn.surroundings.newId('text'),
      text: 'This message came whole, not word by word.',
    });
    turn.write({ type: 'oddity', kind: 'demo.weather', value: { sky: 'cloudy', celsius: 14 } });
  },
};
