import type { Script } from '../script.ts';

const exitCode = 3;

export const crash: Script = {
  keyword: 'crash',
  shows: 'an agent that crashes; the next prompt brings it back',
  async play(turn) {
    await turn.openText().say('Something goes very wrong now.');
    await turn.surroundings.crash(exitCode, 'demo-agent: made-up failure, as you asked');
  },
};
