import type { Script } from '../script.ts';

const attempts = 3;

export const retry: Script = {
  keyword: 'retry',
  shows: 'notices while the (made-up) model is busy',
  async play(turn) {
    for (let attempt = 1; attempt < attempts; attempt++) {
      const delay_ms = attempt * 1_000;
      turn.write({
        type: 'notice',
        kind: 'retry',
        message: `The made-up model is overloaded; attempt ${attempt + 1} of ${attempts} follows.`,
        details: { attempt, max_attempts: attempts, delay_ms },
      });
      await turn.pause(delay_ms);
    }
    await turn.say(`Attempt ${attempts} worked.`);
  },
};
