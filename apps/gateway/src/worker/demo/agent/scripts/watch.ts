import type { Script } from '../script.ts';

const command = 'tail --follow kettle.log';
const lineMs = 1_000;

export const watch: Script = {
  keyword: 'watch',
  shows: 'a tool that runs until you interrupt it',
  async play(turn) {
    const run = turn.callTool({ name: 'run_command', kind: 'execute', title: command, input: { command } });
    for (let celsius = 20; celsius <= 100; celsius += 1) {
      run.print(`${celsius} °C\n`);
      await turn.pause(lineMs);
    }
    await turn.untilInterrupted();
  },
};
