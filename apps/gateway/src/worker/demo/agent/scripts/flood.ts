import { floodPieces } from '../../flood-text.ts';
import type { Script } from '../script.ts';

const usual = 1_000;
const most = 1_000_000;
const atOnce = 250;

export const flood: Script = {
  keyword: 'flood',
  example: 'flood 5000',
  shows: 'so many small pieces, as fast as they go',
  async play(turn, rest) {
    const count = Math.min(Number(/\d+/.exec(rest)?.[0]) || usual, most);
    const text = turn.openText();
    for (let from = 0; from < count; from += atOnce) {
      await text.pour(floodPieces(from, Math.min(from + atOnce, count)));
      await turn.breathe();
    }
  },
};
