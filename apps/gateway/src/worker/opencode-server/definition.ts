import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { createFailedWorker } from '../failed-worker.ts';
import { createLocate } from '../locate-program.ts';
import { toOpenCodeEnvironment } from '../opencode/environment.ts';
import { findOpenCode, install, tested } from '../opencode/find-opencode.ts';
import { refusalOf } from '../opencode/foreign-code.ts';
import { toOpenCodeNeeds } from '../opencode/needs.ts';
import { createOpenCodeConversations } from '../opencode/terminal-conversations.ts';
import { toGateReadable, withGate } from '../opencode/with-gate.ts';
import { missingAgent, type StartFailure } from '../start-failure.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { fromMemory } from './memory.ts';
import { OpenCodeServerWorker } from './opencode-server-worker.ts';
import { askedPermissions, askingModes } from './permission-policy.ts';
import { SharedServers } from './shared-servers.ts';
import { commandNames } from './show-commands.ts';

export type OpenCodeServerOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; OpenCode gets only what is named for it. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Further names that the operator lets through. */
  allowEnvironment?: readonly string[];
  /** Absolute path of the CLI, or a name to look for in PATH. Default: OPENCODE_BIN, then `opencode`. */
  command?: string;
  /** Offers the mode that never asks. Default false. */
  allowBypass?: boolean;
  /** A server for each work dir instead of one for all: for where each has walls around it. Default false. */
  perWorkDir?: boolean;
  /** How long the server is kept without sessions. Default 60 s. */
  idleMs?: number;
};

/** NOTE: the server may live on, with the sessions that can be gone on with. */
const foreignNotes =
  'the conversation was begun by another version of the gateway, from whose notes this one cannot go on; the next prompt resumes it';
const goneServer =
  'the OpenCode server of the last gateway cannot be reached any more; the next prompt resumes the conversation';

export type OpenCodeServerDefinition = WorkerDefinition & {
  /** The process of the first shared server that runs. */
  readonly serverPid: number | undefined;
  close(): Promise<void>;
};

/** OpenCode, one server for all sessions of this gateway, or of a work dir where it has walls around it. */
export function createOpenCodeServer(options: OpenCodeServerOptions): OpenCodeServerDefinition {
  const { spawn, clock, ids, environment, allowEnvironment, command } = options;
  const { allowBypass = false, perWorkDir = false, idleMs = 60_000 } = options;
  const needs = { ...toOpenCodeNeeds(environment), serves: true };
  const permissionModes = allowBypass ? [...askingModes, 'bypassPermissions'] : askingModes;
  const content = environment.OPENCODE_CONFIG_CONTENT;
  const gated = (answers: string) =>
    toOpenCodeEnvironment(environment, {
      more: allowEnvironment,
      extra: withGate({ answers, content, permission: askedPermissions }),
    });
  const servers = new SharedServers({
    environment: gated,
    // NOTE: the sessions work elsewhere; here there is no configuration and nothing to index.
    cwd: tmpdir(),
    ...{ perWorkDir, clock, ids, idleMs },
    spawnFor: (workDir, answers) =>
      withNeeds(spawn, {
        ...{ ...needs, readable: [...(needs.readable ?? []), ...toGateReadable(answers)] },
        ...(workDir !== undefined && { workDir }),
      }),
  });

  const start: StartWorker = ({ workDir, config, resume, fork, adopt }, listener) => {
    const server = servers.of(workDir);
    const refuse = (failure: string | StartFailure) =>
      createFailedWorker(failure, listener, adopt && server.dismiss(adopt));
    const found = findOpenCode({ command, environment });
    if ('reason' in found) {
      return refuse(missingAgent('OpenCode', found.reason, install));
    }
    const memory = adopt && fromMemory(adopt.memory, { workDir });
    if (adopt && !memory) return refuse(foreignNotes);
    // The mode may have changed since the start, and what the operator allows since the last gateway.
    const mode = memory?.policy.mode ?? config.permission_mode;
    if (mode && !permissionModes.includes(mode)) return refuse(`permission_mode ${mode} is not allowed here`);
    // NOTE: the server takes a folder that does not exist without a word.
    if (!statSync(workDir, { throwIfNoEntry: false })?.isDirectory()) {
      return refuse(`the folder ${workDir} does not exist; create it or choose another`);
    }
    const refusal = refusalOf(workDir, environment.HOME);
    if (refusal !== undefined) return refuse(refusal);
    try {
      // What the operator's configuration has against it is said here and not once the server is to start.
      gated('');
      const worker = new OpenCodeServerWorker({
        ...{ workDir, config, resume, fork, permissionModes, listener, clock, ids },
        ...(adopt && memory && { adopt: { ...adopt, memory } }),
        leave: (tenant) => server.leave(tenant),
      });
      if (!adopt) server.enter(worker, found.path);
      else if (!server.rejoin(worker, adopt)) return refuse(goneServer);
      return worker;
    } catch (error) {
      return refuse(toGatewayError(error).message);
    }
  };

  return {
    type: 'opencode_server',
    title: 'OpenCode (server)',
    tested,
    accepts: new Set([
      ...(['model', 'system_prompt', 'allowed_tools', 'disallowed_tools'] as const),
      ...(['work_dir', 'permission_mode', 'metadata'] as const),
    ]),
    commands: commandNames,
    toTerminalCommand: (id) => ['opencode', '-s', id],
    terminalConversations: createOpenCodeConversations({
      ...{ environment, sharedWith: ['opencode_cli', 'acp'], rewinds: true },
    }),
    capabilities: {
      process: 'shared',
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
      rewind: true,
      permission_modes: permissionModes,
    },
    locate: createLocate({
      find: () => findOpenCode({ command, environment }),
      env: toOpenCodeEnvironment(environment, { more: allowEnvironment }),
      ...{ install, clock, spawn: withNeeds(spawn, needs) },
    }),
    start,
    get serverPid() {
      return servers.pid;
    },
    close: () => servers.close(),
  };
}
