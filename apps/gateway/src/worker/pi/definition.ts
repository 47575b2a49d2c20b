import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { createFailedWorker } from '../failed-worker.ts';
import { createLocate } from '../locate-program.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { commandNames } from './commands.ts';
import { toPiEnvironment } from './environment.ts';
import { findPi, install, tested } from './find-pi.ts';
import { toArguments } from './launch.ts';
import { askingModes, neverAsking } from './permission.ts';
import { PiWorker } from './pi-worker.ts';
import { toSessionFolder } from './session-folder.ts';

export type PiOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; Pi gets only what is named in `piEnvironment`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the CLI, or a name to look for in PATH. Default: PI_BIN, then `pi`. */
  command?: string;
  /** Whether a work dir may configure the agent: extensions, settings, MCP servers, AGENTS.md. Default: none may. */
  trusts?: (workDir: string) => boolean;
  /** Offers the mode that never asks. Default false. */
  allowBypass?: boolean;
};

/** Our extension lies beside the bundle, or beside this file when the sources run. */
function gateFile(): string {
  const [bundled = '', source = ''] = ['./pi-gate.mjs', './gate.ts'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  return existsSync(bundled) ? bundled : source;
}

/** Pi, driven over its RPC mode. */
export function createPi(options: PiOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, command, trusts = () => false, allowBypass = false } = options;
  const permissionModes = allowBypass ? [...askingModes, neverAsking] : [...askingModes];
  const gate = gateFile();

  const start: StartWorker = ({ workDir, config, resume }, listener) => {
    const found = findPi({ command, environment });
    if ('reason' in found) {
      return createFailedWorker(`Pi is not available: ${found.reason}; ${install}`, listener);
    }
    const { permission_mode, system_prompt: systemPrompt, mcp_servers: mcpServers } = config;
    if (permission_mode && !permissionModes.includes(permission_mode)) {
      return createFailedWorker(`permission_mode ${permission_mode} is not allowed here`, listener);
    }
    try {
      const sessionFolder = toSessionFolder(environment, workDir);
      const sessionId = resume ?? ids.uuid();
      return new PiWorker({
        file: found.path,
        args: toArguments({ config, sessionId, gate, trusted: trusts(workDir), sessionFolder }),
        workDir,
        config,
        resuming: resume !== undefined,
        permissionModes,
        environment: toPiEnvironment(environment, { systemPrompt, mcpServers }),
        listener,
        spawn,
        clock,
        ids,
      });
    } catch (error) {
      return createFailedWorker(toGatewayError(error).message, listener);
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
      fork: false,
      permission_modes: permissionModes,
    },
    locate: createLocate({
      find: () => findPi({ command, environment }),
      env: toPiEnvironment(environment),
      install,
      spawn,
      clock,
    }),
    start,
  };
}
