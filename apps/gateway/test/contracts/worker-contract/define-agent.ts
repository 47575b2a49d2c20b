import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createAcp } from '../../../src/worker/acp/definition.ts';
import { createClaudeCode } from '../../../src/worker/claude-code/definition.ts';
import { createDemo } from '../../../src/worker/demo/definition.ts';
import { createOpenCodeCli } from '../../../src/worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from '../../../src/worker/opencode-server/definition.ts';
import { createPi } from '../../../src/worker/pi/definition.ts';
import type { WorkerDefinition } from '../../../src/worker/worker.ts';

/** How an agent is set up, in words that another process understands. */
export type AgentSetUp = {
  type: 'claude_code' | 'pi' | 'acp' | 'demo' | 'opencode_cli' | 'opencode_server';
  environment: Readonly<Record<string, string>>;
  /** Which agent it is, where the type stands for several. */
  agent?: string;
  /** Of the agent's program, where it is not a part of the gateway. */
  command?: string;
  /** Where an agent that is a part of the gateway keeps its memory. */
  dataDir?: string;
};

/** The adapter of a gateway whose agents outlive it; what it starts is written down in the folder. */
export function defineAgent(
  { type, environment, agent = '', command, dataDir = '/nowhere' }: AgentSetUp,
  folder: string,
): WorkerDefinition {
  const spawn = createSpawnProcess({ clock, registry: { folder, spool: true } });
  const given = { spawn, clock, ids: createIds(), environment, command };
  switch (type) {
    case 'claude_code':
      return createClaudeCode(given);
    case 'acp':
      return createAcp({ ...given, agent, agents: { [agent]: { command: command ?? agent } } });
    case 'pi':
      return createPi(given);
    case 'opencode_cli':
      return createOpenCodeCli(given);
    case 'opencode_server':
      return createOpenCodeServer(given);
    case 'demo':
      return createDemo({ spawn, environment, dataDir });
  }
}
