// A gateway with one agent, run by gateways-in-turn.ts as a program of its own, to be killed in the middle of a turn.
// Its argument is JSON: how the agent is set up, where, and what it is told. It prints what a store would hold after each
// batch of events: the events, and the state that stands for them.
import { writeSync } from 'node:fs';
import { defineAgent } from './define-agent.ts';

const { setUp, folder, workDir, config, prompt } = JSON.parse(process.argv[2] ?? '');

const print = (value: object) => writeSync(1, `${JSON.stringify(value)}\n`);

const worker = defineAgent(setUp, folder).start(
  { workDir, config },
  {
    onEvents(events) {
      print({ events, state: worker.save?.() });
      for (const event of events) {
        if (event.type !== 'tool.check') continue;
        worker.respond?.({ kind: 'permission', id: event.data.id, allowed: true });
      }
    },
    onExit: (exit) => print({ exit }),
  },
);
worker.prompt({ inputId: 'input-0', content: prompt });
// Without the agent's output, which it follows by itself, this would be its end.
setInterval(() => {}, 60_000);
