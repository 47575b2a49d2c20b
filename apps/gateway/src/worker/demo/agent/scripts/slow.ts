import type { Script } from '../script.ts';

const lines = 40;
const wordMs = 90;

export const slow: Script = {
  keyword: 'slow',
  shows: 'a slow answer that you can stop, or steer by sending more',
  async play(turn) {
    for (let line = 1; line <= lines; line++) {
      await turn.say(`Line ${line} of a slow answer. `, { wordMs });
      for (const { text } of turn.takeSteered()) await turn.say(`You added: ${text}. `, { wordMs });
    }
  },
};
