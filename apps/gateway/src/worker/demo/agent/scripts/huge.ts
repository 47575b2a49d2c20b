import { hugeText } from '../huge-text.ts';
import type { Script } from '../script.ts';

const pieceLength = 64 * 1024;

export const huge: Script = {
  keyword: 'huge',
  shows: 'an answer of 2 MB',
  async play(turn) {
    const whole = hugeText();
    const text = turn.openText();
    for (let start = 0; start < whole.length; start += pieceLength) {
      await text.pour([whole.slice(start, start + pieceLength)]);
      await turn.breathe();
    }
  },
};
