import type { Clock } from '../../ground/clock.ts';
import { toGatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { createFailedWorker } from '../failed-worker.ts';
import { createLocate } from '../locate-program.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { ClaudeCodeWorker } from './claude-code-worker.ts';
import { commandNames } from './commands.ts';
import { toClaudeEnvironment } from './environment.ts';
import { findClaude, install, tested } from './find-claude.ts';

export type ClaudeCodeOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  /** The operator's environment; the CLI gets only what is named in `claudeCodeEnvironment`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the CLI, or a name to look for in PATH. Default: CLAUDE_BIN, then `claude`. */
  command?: string;
  /** Whether a work dir may configure the agent: hooks, MCP servers, permissions, CLAUDE.md. Default: none may. */
  trusts?: (workDir: string) => boolean;
  /** Offers the mode that never asks. Default false. NOTE: the CLI refuses it to root. */
  allowBypass?: boolean;
};

/** Modes that change how often a person is asked, and never to "not at all". */
const askingModes = ['default', 'acceptEdits', 'plan', 'dontAsk', 'auto'];

/** Claude Code by Anthropic, driven over its stream-json protocol. */
export function createClaudeCode(options: ClaudeCodeOptions): WorkerDefinition {
  const { spawn, clock, ids, environment, command, trusts = () => false, allowBypass = false } = options;
  const permissionModes = allowBypass ? [...askingModes, 'bypassPermissions'] : askingModes;

  const start: StartWorker = ({ workDir, config, resume }, listener) => {
    const found = findClaude({ command, environment });
    if ('reason' in found) {
      return createFailedWorker(`Claude Code is not available: ${found.reason}; ${install}`, listener);
    }
    if (config.permission_mode && !permissionModes.includes(config.permission_mode)) {
      return createFailedWorker(`permission_mode ${config.permission_mode} is not allowed here`, listener);
    }
    try {
      return new ClaudeCodeWorker({
        file: found.path,
        workDir,
        config,
        resume,
        trusted: trusts(workDir),
        permissionModes,
        environment: toClaudeEnvironment(environment),
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
      fork: false,
      permission_modes: permissionModes,
    },
    locate: createLocate({
      find: () => findClaude({ command, environment }),
      env: toClaudeEnvironment(environment),
      install,
      spawn,
      clock,
    }),
    start,
  };
}
