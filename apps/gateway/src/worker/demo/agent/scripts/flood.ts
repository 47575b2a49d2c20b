import { floodPieces } from '../../flood-text.ts';
import { askedFor } from '../asked-for.ts';
import type { Script } from '../script.ts';

const usual = 1_000;
const most = 1_000_000;
const atOnce = 250;

export const flood: Script = {
  keyword: 'flood',
  example: 'flood 5000',
  shows:
    'so many small pieces, as fast as they go; “flood 300 every 5” with so many milliseconds between them',
  async play(turn, rest) {
    const asked = askedFor(rest);
    const count = Math.min(asked.count || usual, most);
    const text = turn.openText();
    if (asked.pauseMs !== undefined) {
      for (const piece of floodPieces(0, count)) {
        await turn.pause(asked.pauseMs);
        await text.pour([piece]);
      }
      return;
    }
    for (let from = 0; from < count; from += atOnce) {
      await text.pour(floodPieces(from, Math.min(from + atOnce, count)));
      await turn.breathe();
    }
  },
};
