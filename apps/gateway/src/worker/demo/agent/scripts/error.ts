import type { Script } from '../script.ts';
import { TurnFailure } from '../turn-failure.ts';

export const error: Script = {
  keyword: 'error',
  shows: 'a turn that fails, after which the session goes on',
  async play(turn) {
    await turn.say('This turn will fail now.');
    throw new TurnFailure({
      code: 'RATE_LIMITED',
      message: 'The demo’s made-up limit is reached; it resets at once, so just try again.',
      details: { demo: true },
    });
  },
};
