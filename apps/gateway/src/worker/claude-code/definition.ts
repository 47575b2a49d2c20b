import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { createLocate } from '../locate-program.ts';
import { foreignMemory, refuseStart } from '../refuse-start.ts';
import { missingAgent, type StartFailure } from '../start-failure.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { ClaudeCodeWorker } from './claude-code-worker.ts';
import { commandNames } from './commands.ts';
import { inSandbox, toClaudeEnvironment } from './environment.ts';
import { findClaude, install, tested } from './find-claude.ts';
import { toToolCalls } from './judged-call.ts';
import { fromMemory } from './memory.ts';
import { toClaudeNeeds } from './needs.ts';
import { createClaudeConversations } from './terminal-conversations.ts';

export type ClaudeCodeOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; the CLI gets only what is named for it. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Further names that the operator lets through. */
  allowEnvironment?: readonly string[];
  /** Absolute path of the CLI, or a name to look for in PATH. Default: CLAUDE_BIN, then `claude`. */
  command?: string;
  /** Whether a work dir may configure the agent: hooks, MCP servers, permissions, CLAUDE.md. Default: none may. */
  trusts?: (workDir: string) => boolean;
  /** Offers the mode that never asks, for where there are walls around the agent. Default false. */
  allowBypass?: boolean;
};

const neverAsking = 'bypassPermissions';
/** Modes that change how often a person is asked, and never to "not at all". */
const askingModes = ['default', 'acceptEdits', 'plan', 'dontAsk', 'auto'];

/** Claude Code by Anthropic, driven over its stream-json protocol. */
export function createClaudeCode(options: ClaudeCodeOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, allowEnvironment, command } = options;
  const { trusts = () => false, allowBypass = false } = options;
  const env = toClaudeEnvironment(environment, allowEnvironment, allowBypass ? inSandbox : {});
  const needs = toClaudeNeeds(env);
  const permissionModes = allowBypass ? [...askingModes, neverAsking] : askingModes;

  const start: StartWorker = ({ workDir, config, resume, fork, adopt }, listener) => {
    const refuse = (failure: string | StartFailure) => refuseStart(failure, { spawn, listener, adopt });
    const found = findClaude({ command, environment });
    if ('reason' in found) return refuse(missingAgent('Claude Code', found.reason, install));
    const memory = adopt && fromMemory(adopt.memory, { workDir });
    if (adopt && !memory) return refuse(foreignMemory('Claude Code'));
    const { permission_mode: mode } = config;
    if (mode && !permissionModes.includes(mode)) return refuse(`permission_mode ${mode} is not allowed here`);
    // The mode may have changed since the start, and what the operator allows since the last gateway.
    if (memory?.conversation.permissionMode === neverAsking && !allowBypass) {
      return refuse(`permission_mode ${neverAsking} is not allowed here any more`);
    }
    try {
      return new ClaudeCodeWorker({
        file: found.path,
        workDir,
        config,
        resume,
        fork,
        ...(adopt && memory && { adopt: { ...adopt, memory } }),
        trusted: trusts(workDir),
        permissionModes,
        environment: env,
        listener,
        spawn: withNeeds(spawn, { ...needs, workDir }),
        clock,
        ids,
      });
    } catch (error) {
      return refuse(toGatewayError(error).message);
    }
  };

  return {
    type: 'claude_code',
    title: 'Claude Code',
    tested,
    accepts: new Set([
      'model',
      'system_prompt',
      'allowed_tools',
      'disallowed_tools',
      'max_turns',
      'work_dir',
      'permission_mode',
      'mcp_servers',
      'metadata',
    ]),
    commands: commandNames,
    toToolCalls,
    toTerminalCommand: (id) => ['claude', '--resume', id],
    terminalConversations: createClaudeConversations(environment),
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: true,
      supports_question: true,
      supports_elicitation: true,
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
      find: () => findClaude({ command, environment }),
      env,
      install,
      spawn: withNeeds(spawn, needs),
      clock,
    }),
    start,
  };
}
