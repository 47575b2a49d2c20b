import type { Script } from '../script.ts';
import { TurnFailure } from '../turn-failure.ts';

const usualSeconds = 3_600;

export const quota: Script = {
  keyword: 'quota',
  example: 'quota 90',
  shows:
    'a turn that ends because the (made-up) quota is used up for so many seconds; it goes on by itself then',
  async play(turn, rest) {
    const seconds = Number.parseInt(rest, 10) || usualSeconds;
    await turn.say('My quota ends here, in the middle of the work.');
    throw new TurnFailure({
      code: 'RATE_LIMITED',
      message: 'The made-up quota is used up.',
      details: { demo: true, resets_at: new Date(Date.now() + seconds * 1_000).toISOString() },
    });
  },
};
