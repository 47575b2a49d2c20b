import { statSync } from 'node:fs';
import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { AnswerFolder } from '../gate/answer-folder.ts';
import { createLocate } from '../locate-program.ts';
import { toOpenCodeEnvironment } from '../opencode/environment.ts';
import { findOpenCode, install, tested } from '../opencode/find-opencode.ts';
import { refusalOf } from '../opencode/foreign-code.ts';
import { toModelName } from '../opencode/model-name.ts';
import { toOpenCodeNeeds } from '../opencode/needs.ts';
import { createOpenCodeConversations } from '../opencode/terminal-conversations.ts';
import { toGateReadable, withGate } from '../opencode/with-gate.ts';
import { foreignMemory, refuseStart } from '../refuse-start.ts';
import { missingAgent, type StartFailure } from '../start-failure.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { commandNames } from './commands.ts';
import { fromMemory } from './memory.ts';
import { OpenCodeCliWorker } from './opencode-cli-worker.ts';
import { modes, toPermission } from './permission.ts';

export type OpenCodeCliOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  /** The operator's environment; OpenCode gets only what is named for it. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Further names that the operator lets through. */
  allowEnvironment?: readonly string[];
  /** Absolute path of the CLI, or a name to look for in PATH. Default: OPENCODE_BIN, then `opencode`. */
  command?: string;
  /** Offers the mode that allows everything. Default false. */
  allowBypass?: boolean;
};

/**
 * OpenCode, one process per turn. It asks no person: what its permission mode does not allow is denied. What it allows
 * waits for the gateway's word.
 */
export function createOpenCodeCli(options: OpenCodeCliOptions): WorkerDefinition {
  const { spawn, clock, environment, allowEnvironment, command, allowBypass = false } = options;
  const needs = toOpenCodeNeeds(environment);
  const { readable = [] } = needs;
  const permissionModes = allowBypass ? [...modes, 'bypassPermissions'] : modes;

  const start: StartWorker = ({ workDir, config, resume, fork, adopt }, listener) => {
    const refuse = (failure: string | StartFailure) => refuseStart(failure, { spawn, listener, adopt });
    const found = findOpenCode({ command, environment });
    if ('reason' in found) {
      return refuse(missingAgent('OpenCode', found.reason, install));
    }
    const memory = adopt && fromMemory(adopt.memory, { workDir });
    if (adopt && !memory) return refuse(foreignMemory('OpenCode'));
    const { permission_mode: chosen = 'default', model } = config;
    // The mode may have changed since the start, and what the operator allows since the last gateway.
    const mode = memory?.mode ?? chosen;
    if (!permissionModes.includes(mode)) return refuse(`permission_mode ${mode} is not allowed here`);
    // NOTE: no process starts before the first prompt, so it is looked at here.
    if (!statSync(workDir, { throwIfNoEntry: false })?.isDirectory()) {
      return refuse(`the folder ${workDir} does not exist; create it or choose another`);
    }
    const refusal = refusalOf(workDir, environment.HOME);
    if (refusal !== undefined) return refuse(refusal);
    const inMode = (answers: string) => (current: string) => {
      const allowedTools = config.allowed_tools ?? [];
      const disallowedTools = config.disallowed_tools ?? [];
      const permission = toPermission({ mode: current, allowedTools, disallowedTools });
      const content = environment.OPENCODE_CONFIG_CONTENT;
      return toOpenCodeEnvironment(environment, {
        more: allowEnvironment,
        extra: withGate({ answers, content, permission }),
      });
    };
    try {
      inMode('')(mode);
      if (model !== undefined) toModelName(model);
      const answers = memory ? new AnswerFolder(memory.answers) : AnswerFolder.make();
      const gate = toGateReadable(answers.path);
      return new OpenCodeCliWorker({
        ...{ file: found.path, workDir, resume, fork, model, mode, permissionModes, listener, clock },
        ...(adopt && memory && { adopt: { ...adopt, memory } }),
        spawn: withNeeds(spawn, { ...needs, workDir, readable: [...readable, ...gate] }),
        ...{ environment: inMode(answers.path), answers },
      });
    } catch (error) {
      return refuse(toGatewayError(error).message);
    }
  };

  return {
    type: 'opencode_cli',
    title: 'OpenCode (CLI)',
    tested,
    accepts: new Set([
      ...(['model', 'allowed_tools', 'disallowed_tools'] as const),
      ...(['work_dir', 'permission_mode', 'metadata'] as const),
    ]),
    commands: commandNames,
    toTerminalCommand: (id) => ['opencode', '-s', id],
    terminalConversations: createOpenCodeConversations({
      ...{ environment, sharedWith: ['opencode_server', 'acp'], rewinds: false },
    }),
    capabilities: {
      process: 'per_turn',
      supports_reasoning: true,
      supports_permission: false,
      supports_question: false,
      supports_elicitation: false,
      supports_resume: true,
      supports_delta: false,
      supports_tool_call: true,
      modalities: ['text'],
      steer: false,
      interrupt: true,
      survives_restart: true,
      fork: true,
      rewind: false,
      permission_modes: permissionModes,
    },
    locate: createLocate({
      find: () => findOpenCode({ command, environment }),
      env: toOpenCodeEnvironment(environment, { more: allowEnvironment }),
      ...{ install, clock, spawn: withNeeds(spawn, needs) },
    }),
    start,
  };
}
