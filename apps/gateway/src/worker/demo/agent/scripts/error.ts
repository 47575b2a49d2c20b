import type { Script } from '../script.ts';
import { TurnFailure } from '../turn-failure.ts';

export const error: Script = {
  keyword: 'error',
  shows: 'a turn that fails, after which the session goes on',
  async play(turn) {
    await turn.say('This turn will fail now.');
    throw new TurnFailure({
      code: 'WORKER_TIMEOUT',
      message: 'The demo’s made-up model did not answer; send another prompt to go on.',
      details: { demo: true },
    });
  },
};
