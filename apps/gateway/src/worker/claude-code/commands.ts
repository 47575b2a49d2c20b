import * as z from 'zod';
import type { WorkerCommand, WorkerEvent, WorkerReady } from '../worker.ts';
import type { Asked, Reply } from './control-channel.ts';
import { notice } from './translate-notice.ts';

type Value = Record<string, unknown>;
type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

/** How a command is carried out: by asking the CLI, by a slash command (a turn of its own), or by us alone. */
export type CommandPlan =
  | {
      by: 'control';
      request: { subtype: string } & Record<string, unknown>;
      toEvents(reply: Value): WorkerEvent[];
    }
  | { by: 'prompt'; text: string }
  | { by: 'us'; toEvents(ready: WorkerReady): WorkerEvent[] };

type ControlPlan = Extract<CommandPlan, { by: 'control' }>;

export const commandNames = [
  'set_model',
  'model',
  'set_permission',
  'context_usage',
  'mcp_status',
  'skills',
  'compact',
  'clear',
] as const;

/** What to do about a command of a client. */
export function planCommand(
  { command, args, extra }: WorkerCommand,
  permissionModes: readonly string[],
): CommandPlan {
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  switch (command) {
    case 'set_model':
    case 'model': {
      const model = value('model');
      if (model === '') return invalid('model', 'name the model to use');
      return {
        by: 'control',
        request: { subtype: 'set_model', model },
        toEvents: () => notice({ kind: 'model', message: `Model is now ${model}.`, details: { model } }),
      };
    }
    case 'set_permission': {
      const mode = value('mode') || value('permission_mode');
      if (!permissionModes.includes(mode)) {
        return invalid('permission_mode', `choose one of ${permissionModes.join(', ')}`);
      }
      // The change itself is told by a `system/status` record, also when the agent makes it.
      return { by: 'control', request: { subtype: 'set_permission_mode', mode }, toEvents: () => [] };
    }
    case 'context_usage':
      return { by: 'control', request: { subtype: 'get_context_usage' }, toEvents: toContextUsage };
    case 'mcp_status':
      return { by: 'control', request: { subtype: 'mcp_status' }, toEvents: toMcpStatus };
    case 'skills':
      return { by: 'us', toEvents: (ready) => toSkills(ready, args?.trim() || undefined) };
    case 'compact':
      return { by: 'prompt', text: `/compact ${args ?? ''}`.trim() };
    case 'clear':
      return { by: 'prompt', text: '/clear' };
    default: {
      const message = `Claude Code has no command ${command} here.`;
      return refuse({ code: 'NOT_SUPPORTED', message, details: { command } });
    }
  }
}

/** What is to be made of the CLI's reply to a command. */
export function toAsked(command: WorkerCommand, { toEvents }: ControlPlan): Asked {
  const onReply = (reply: Reply) =>
    'value' in reply ? toEvents(reply.value) : toRefusal(command, reply.failure);
  return { onReply, command };
}

/** The CLI did not take a command, and said why. */
function toRefusal({ command }: WorkerCommand, message: string): WorkerEvent[] {
  return [{ type: 'error', data: { code: 'CONFIG_INVALID', message, details: { command } } }];
}

function invalid(field: string, remedy: string): CommandPlan {
  return refuse({ code: 'CONFIG_INVALID', message: remedy, details: { field } });
}

function refuse(data: Failure): CommandPlan {
  return { by: 'us', toEvents: () => [{ type: 'error', data }] };
}

const contextUsage = z.looseObject({
  totalTokens: z.number(),
  maxTokens: z.number(),
  percentage: z.number(),
  model: z.string().optional(),
  categories: z.array(z.looseObject({ name: z.string(), tokens: z.number() })).optional(),
});

function toContextUsage(reply: Value): WorkerEvent[] {
  const parsed = contextUsage.safeParse(reply);
  if (!parsed.success) return unread('get_context_usage', reply);
  const { totalTokens, maxTokens, percentage, model, categories } = parsed.data;
  const data = {
    total_tokens: totalTokens,
    max_tokens: maxTokens,
    percentage,
    model,
    categories: categories?.map(({ name, tokens }) => ({ name, tokens })),
  };
  return [{ type: 'context_usage', data }];
}

const mcpStatus = z.looseObject({
  mcpServers: z.array(z.looseObject({ name: z.string(), status: z.string() })),
});

function toMcpStatus(reply: Value): WorkerEvent[] {
  const parsed = mcpStatus.safeParse(reply);
  if (!parsed.success) return unread('mcp_status', reply);
  const servers = parsed.data.mcpServers.map(({ name, status }) => ({ name, status }));
  return [{ type: 'mcp_status', data: { servers } }];
}

function toSkills({ commands = [] }: WorkerReady, filter: string | undefined): WorkerEvent[] {
  const skills = commands.filter(({ name }) => filter === undefined || name.includes(filter));
  return [{ type: 'skills_list', data: { skills, total: skills.length, filter } }];
}

/** A reply in a shape that a newer CLI may have. */
function unread(name: string, reply: Value): WorkerEvent[] {
  return [{ type: 'raw', data: { kind: `claude.${name}`, raw: reply } }];
}
