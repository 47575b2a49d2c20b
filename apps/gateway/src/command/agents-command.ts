import { listAgents } from '../list-agents.ts';
import { openWorkers } from '../workers.ts';
import type { Command } from './command.ts';
import { openConfigOf } from './open-config.ts';

export const agentsCommand: Command = {
  name: 'agents',
  usage: [['agents  [--config FILE]', 'which agents are installed here, and how to get the others']],
  async run(args) {
    console.log(await listAgents(openWorkers(openConfigOf(args).config).definitions));
    return 0;
  },
};
