import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { type ConfiguredAgent, chooseAgent } from '../acp-agents/choose-agent.ts';
import { toAgentEnvironment, toTerminalEnvironment } from '../acp-agents/environment.ts';
import { toAgentNeeds } from '../acp-agents/needs.ts';
import { findProgram } from '../find-program.ts';
import { createLocate } from '../locate-program.ts';
import { foreignMemory, refuseStart } from '../refuse-start.ts';
import { missingAgent, type StartFailure } from '../start-failure.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { AcpWorker } from './acp-worker.ts';
import { commandNames } from './commands.ts';
import { toMcpServers } from './mcp-servers.ts';
import { fromMemory } from './memory.ts';

export type AcpOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; an agent gets only what is named for it. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The operator's own agents, and other programs for known ones, by name. */
  agents?: Readonly<Record<string, ConfiguredAgent>>;
  /** The agent of sessions that name none. */
  agent?: string;
};

/** Any agent that speaks the Agent Client Protocol, by `config.agent`. */
export function createAcp(options: AcpOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, agents = {}, agent: usual } = options;
  const start: StartWorker = ({ workDir, config, resume, adopt }, listener) => {
    const refuse = (failure: string | StartFailure) => refuseStart(failure, { spawn, listener, adopt });
    try {
      const agent = chooseAgent(config.agent ?? usual, agents);
      const found = findProgram(agent.command, environment);
      if ('reason' in found) {
        return refuse(missingAgent(agent.title, found.reason, agent.install));
      }
      const refusal = agent.refusalOf?.(workDir, environment.HOME);
      if (refusal !== undefined) return refuse(refusal);
      const memory = adopt && fromMemory(adopt.memory, clock);
      if (adopt && !memory) return refuse(foreignMemory(agent.title));
      return new AcpWorker({
        ...{ agent, workDir, config, resume, listener, clock, ids },
        ...(adopt && memory && { adopt: { ...adopt, memory } }),
        spawn: withNeeds(spawn, { ...toAgentNeeds(agent, environment), workDir }),
        file: found.path,
        mcpServers: toMcpServers(config.mcp_servers),
        environment: toAgentEnvironment(agent, environment),
        terminalEnvironment: (additions) => toTerminalEnvironment(environment, additions),
      });
    } catch (error) {
      return refuse(toGatewayError(error).message);
    }
  };

  const first = chooseAgent(usual, agents);
  return {
    type: 'acp',
    title: 'Agent Client Protocol',
    tested: first.tested,
    accepts: new Set(['model', 'work_dir', 'mcp_servers', 'agent', 'metadata']),
    commands: commandNames,
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: true,
      supports_question: false,
      supports_elicitation: false,
      supports_resume: true,
      supports_delta: true,
      supports_tool_call: true,
      modalities: ['text'],
      steer: false,
      interrupt: true,
      survives_restart: true,
      fork: false,
      rewind: false,
    },
    locate: createLocate({
      find: () => findProgram(first.command, environment),
      env: toAgentEnvironment(first, environment),
      install: first.install,
      spawn: withNeeds(spawn, toAgentNeeds(first, environment)),
      clock,
    }),
    start,
  };
}
