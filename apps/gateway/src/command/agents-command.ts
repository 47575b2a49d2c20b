import { listAgents, toAgentRows } from '../list-agents.ts';
import { openWorkers } from '../workers.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { agents } from './table/agents.ts';
import { toTable } from './to-table.ts';

/** Lists the agents of this machine. */
export const runAgents: RunCommand = async (args) => {
  const { values } = readArguments(agents, args);
  const listed = await listAgents(openWorkers(openConfig(values.config).config).definitions);
  console.log(values.json ? JSON.stringify(listed) : toTable(toAgentRows(listed)));
  return 0;
};
