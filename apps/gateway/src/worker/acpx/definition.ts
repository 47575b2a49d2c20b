import { mkdirSync, statSync } from 'node:fs';
import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { childEnvironment } from '../../process/environment.ts';
import { type ConfiguredAgent, chooseAgent } from '../acp-agents/choose-agent.ts';
import { createFailedWorker } from '../failed-worker.ts';
import { findProgram } from '../find-program.ts';
import { AnswerFolder } from '../gate/answer-folder.ts';
import { createLocate } from '../locate-program.ts';
import { missingAgent, toStartFailure } from '../start-failure.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { AcpxWorker } from './acpx-worker.ts';
import { commandNames, isModelName } from './commands.ts';
import { refusalOf, toAgentCommand, toCommonArguments, toEnvironment } from './launch.ts';
import { modes, toPermissionFlags } from './permission.ts';

export type AcpxOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; acpx and the agent get only what is named for the agent. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Where acpx keeps its sessions; made if it is not there. */
  stateDir: string;
  /** Absolute path of acpx, or a name to look for in PATH. Default: `acpx`. */
  command?: string;
  /** The operator's own agents, and other programs for known ones, by name. */
  agents?: Readonly<Record<string, ConfiguredAgent>>;
};

/** The version the contract suite runs with. */
const tested = '0.19.1';
const install = `npm install -g acpx@${tested}`;

/**
 * Agents behind acpx, by `config.agent`. It asks no person: what its permission mode does not allow is denied. What an
 * agent asks for waits for the gateway's word before.
 */
export function createAcpx(options: AcpxOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, stateDir, command = 'acpx', agents = {} } = options;

  const start: StartWorker = ({ workDir, config, resume }, listener) => {
    try {
      const acpx = need(findProgram(command, environment), { title: 'acpx', install });
      const agent = chooseAgent(config.agent, agents);
      if (agent.neverAsks) throw invalid('agent', `${agent.title} cannot be held to permissions by acpx`);
      const { permission_mode: mode = 'default', allowed_tools: allowedTools = [], model } = config;
      if (!modes.includes(mode))
        throw invalid('permission_mode', `permission_mode ${mode} is not allowed here`);
      if (model !== undefined && !isModelName(model)) throw invalid('model', 'this is no name of a model');
      toPermissionFlags({ mode, allowedTools });
      const agentFile = need(findProgram(agent.command, environment), agent);
      if (!statSync(workDir, { throwIfNoEntry: false })?.isDirectory()) {
        throw invalid('work_dir', `the folder ${workDir} does not exist; create it or choose another`);
      }
      const refusal = refusalOf(workDir) ?? agent.refusalOf?.(workDir, environment.HOME);
      if (refusal !== undefined) throw invalid('work_dir', refusal);
      mkdirSync(stateDir, { recursive: true, mode: 0o700 });
      const agentCommand = toAgentCommand(agentFile, agent, environment.HOME);
      const answers = AnswerFolder.make();
      return new AcpxWorker({
        ...{ file: acpx, workDir, answers, agent, config, resume, listener, spawn, clock, ids },
        args: toCommonArguments({ workDir, agentCommand }),
        environment: toEnvironment(agent, { inherited: environment, home: stateDir, answers: answers.path }),
      });
    } catch (error) {
      return createFailedWorker(toStartFailure(error), listener);
    }
  };

  return {
    type: 'acpx',
    title: 'acpx',
    tested,
    accepts: new Set([
      ...(['model', 'allowed_tools', 'agent'] as const),
      ...(['work_dir', 'permission_mode', 'metadata'] as const),
    ]),
    commands: commandNames,
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: false,
      supports_question: false,
      supports_elicitation: false,
      supports_resume: true,
      supports_delta: true,
      supports_tool_call: true,
      modalities: ['text'],
      steer: false,
      interrupt: true,
      fork: false,
      rewind: false,
      survives_restart: false,
      permission_modes: modes,
    },
    locate: createLocate({
      find: () => findProgram(command, environment),
      env: childEnvironment({ inherited: environment }),
      ...{ install, spawn, clock },
    }),
    start,
  };
}

function need(found: ReturnType<typeof findProgram>, missing: { title: string; install: string }): string {
  if ('path' in found) return found.path;
  const { message, ...extra } = missingAgent(missing.title, found.reason, missing.install);
  throw new GatewayError('CONFIG_INVALID', message, extra);
}

function invalid(field: string, message: string): GatewayError {
  return new GatewayError('CONFIG_INVALID', message, { details: { field } });
}
