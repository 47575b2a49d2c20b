import type { Script } from '../script.ts';

export const pid: Script = {
  keyword: 'pid',
  shows: 'the number of the agent’s process: the same in every turn',
  async play(turn) {
    await turn.say(`My process id is ${turn.surroundings.pid}.`);
  },
};
