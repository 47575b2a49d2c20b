import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { findGateFile } from '../gate/gate-file.ts';
import { createLocate } from '../locate-program.ts';
import { foreignMemory, refuseStart } from '../refuse-start.ts';
import { missingAgent, type StartFailure } from '../start-failure.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { branchOrAnew } from './branch-or-anew.ts';
import { commandNames } from './commands.ts';
import { toPiEnvironment } from './environment.ts';
import { findPi, install, tested } from './find-pi.ts';
import { toToolCalls } from './judged-call.ts';
import { toArguments } from './launch.ts';
import { fromMemory } from './memory.ts';
import { toPiNeeds } from './needs.ts';
import { askingModes, neverAsking } from './permission.ts';
import { PiWorker } from './pi-worker.ts';
import { toSessionFolder } from './session-folder.ts';
import { createPiConversations } from './terminal-conversations.ts';

export type PiOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; Pi gets only what is named for it. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Further names that the operator lets through. */
  allowEnvironment?: readonly string[];
  /** Absolute path of the CLI, or a name to look for in PATH. Default: PI_BIN, then `pi`. */
  command?: string;
  /** Whether a work dir may configure the agent: extensions, settings, MCP servers, AGENTS.md. Default: none may. */
  trusts?: (workDir: string) => boolean;
  /** Offers the mode that never asks. Default false. */
  allowBypass?: boolean;
};

const gateFile = () => findGateFile('./pi-gate.mjs', import.meta.url);

/** Pi, driven over its RPC mode. */
export function createPi(options: PiOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, allowEnvironment, command } = options;
  const { trusts = () => false, allowBypass = false } = options;
  const permissionModes = allowBypass ? [...askingModes, neverAsking] : [...askingModes];
  const gate = gateFile();
  const needs = toPiNeeds(environment, gate);

  const start: StartWorker = ({ workDir, config, resume, fork, adopt }, listener) => {
    const refuse = (failure: string | StartFailure) => refuseStart(failure, { spawn, listener, adopt });
    const found = findPi({ command, environment });
    if ('reason' in found) return refuse(missingAgent('Pi', found.reason, install));
    const memory = adopt && fromMemory(adopt.memory, { workDir, config, clock });
    if (adopt && !memory) return refuse(foreignMemory('Pi'));
    const { system_prompt: systemPrompt, mcp_servers: mcpServers } = config;
    // The mode may have changed since the start, and what the operator allows since the last gateway.
    const mode = memory?.conversation.policy.mode ?? config.permission_mode;
    if (mode && !permissionModes.includes(mode)) return refuse(`permission_mode ${mode} is not allowed here`);
    const walled = withNeeds(spawn, { ...needs, workDir });
    try {
      const sessionFolder = toSessionFolder(environment, workDir);
      const sessionId = resume ?? ids.uuid();
      const launch = { config, sessionId, gate, trusted: trusts(workDir), sessionFolder };
      return new PiWorker({
        file: found.path,
        args: toArguments({ ...launch, fork }),
        workDir,
        config,
        resuming: (resume ?? fork) !== undefined,
        ...(adopt && memory && { adopt: { ...adopt, memory } }),
        permissionModes,
        environment: toPiEnvironment(environment, {
          more: allowEnvironment,
          setup: { systemPrompt, mcpServers },
        }),
        listener,
        spawn: fork === undefined ? walled : branchOrAnew(walled, toArguments(launch)),
        clock,
        ids,
      });
    } catch (error) {
      return refuse(toGatewayError(error).message);
    }
  };

  return {
    type: 'pi',
    title: 'Pi',
    tested,
    accepts: new Set([
      'model',
      'system_prompt',
      'allowed_tools',
      'disallowed_tools',
      'work_dir',
      'permission_mode',
      'mcp_servers',
      'metadata',
    ]),
    commands: commandNames,
    toToolCalls,
    toTerminalCommand: (id) => ['pi', '--session', id],
    terminalConversations: createPiConversations(environment),
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: true,
      supports_question: true,
      supports_elicitation: false,
      supports_resume: true,
      supports_delta: true,
      supports_tool_call: true,
      modalities: ['text', 'image'],
      steer: true,
      interrupt: true,
      survives_restart: true,
      fork: true,
      rewind: false,
      permission_modes: permissionModes,
    },
    locate: createLocate({
      find: () => findPi({ command, environment }),
      env: toPiEnvironment(environment, { more: allowEnvironment }),
      install,
      spawn: withNeeds(spawn, needs),
      clock,
    }),
    start,
  };
}
