import type { NoticeReason } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';
import type { PiCommand } from './outgoing.ts';
import type { PermissionPolicy } from './permission.ts';
import { type NamedModel, toCommands, toModelName } from './ready.ts';
import type { Reply } from './request-channel.ts';
import { notice } from './translate-notice.ts';

type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

/** Work that no prompt may mix with. */
export type OwnRequest = PiCommand & { type: 'compact' | 'new_session' };

/** How a command is carried out: by asking Pi, as a turn of its own, or by us alone. */
export type CommandPlan =
  | { by: 'request'; request: PiCommand; toEvents(reply: unknown): WorkerEvent[] }
  | { by: 'turn'; request: OwnRequest }
  | { by: 'us'; events: WorkerEvent[] };

export const commandNames = [
  ...['set_model', 'model', 'effort', 'set_permission', 'context_usage', 'skills', 'compact', 'clear'],
] as const;

const levels = ['off', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

export type Situation = {
  models: readonly NamedModel[];
  permissionModes: readonly string[];
  policy: PermissionPolicy;
};

/** What to do about a command of a client. */
export function planCommand({ command, args, extra }: WorkerCommand, situation: Situation): CommandPlan {
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  switch (command) {
    case 'set_model':
    case 'model':
      return setModel(value('model'), situation.models);
    case 'effort': {
      const level = value('level') || value('effort');
      // NOTE: Pi takes a level it does not know for "off". What the level becomes is told by a record.
      if (!levels.includes(level)) return invalid('effort', `choose one of ${levels.join(', ')}`);
      return { by: 'request', request: { type: 'set_thinking_level', level }, toEvents: () => [] };
    }
    case 'set_permission': {
      const mode = value('mode') || value('permission_mode');
      const { permissionModes, policy } = situation;
      if (!permissionModes.includes(mode)) {
        return invalid('permission_mode', `choose one of ${permissionModes.join(', ')}`);
      }
      policy.mode = mode;
      const message = `Permission mode is now ${mode}.`;
      return { by: 'us', events: notice({ kind: 'permission_mode', message, details: { mode } }) };
    }
    case 'context_usage':
      return { by: 'request', request: { type: 'get_session_stats' }, toEvents: toContextUsage };
    case 'skills':
      return {
        by: 'request',
        request: { type: 'get_commands' },
        toEvents: (reply) => toSkills(reply, args?.trim() || undefined),
      };
    case 'compact': {
      const customInstructions = args?.trim();
      return {
        by: 'turn',
        request: { type: 'compact', ...(customInstructions ? { customInstructions } : {}) },
      };
    }
    case 'clear':
      return { by: 'turn', request: { type: 'new_session' } };
    default: {
      const message = `Pi has no command ${command} here.`;
      return refuse({ code: 'NOT_SUPPORTED', message, details: { command } });
    }
  }
}

/** What is to be made of Pi's reply to a command. */
export function commandReplied(
  { command, reply }: { command: WorkerCommand; reply: Reply },
  situation: Situation,
): WorkerEvent[] {
  const plan = planCommand(command, situation);
  if (plan.by !== 'request') return [];
  if ('value' in reply) return plan.toEvents(reply.value);
  const details = { command: command.command };
  return [{ type: 'error', data: { code: 'CONFIG_INVALID', message: reply.failure, details } }];
}

/** By its full name, or by its id alone if only one provider has it. */
function setModel(asked: string, models: readonly NamedModel[]): CommandPlan {
  const found = models.filter((model) => toModelName(model) === asked);
  const [model, another] = found.length > 0 ? found : models.filter(({ id }) => id === asked);
  if (!model || another) {
    const known = models.map(toModelName).join(', ') || 'none: Pi has no credentials of a provider';
    return invalid('model', `name one of the models as provider/id: ${known}`);
  }
  const name = toModelName(model);
  return {
    by: 'request',
    request: { type: 'set_model', provider: model.provider, modelId: model.id },
    toEvents: () => notice({ kind: 'model', message: `Model is now ${name}.`, details: { model: name } }),
  };
}

function invalid(field: string, remedy: string): CommandPlan {
  return refuse({ code: 'CONFIG_INVALID', message: remedy, details: { field } });
}

function refuse(data: Failure): CommandPlan {
  return { by: 'us', events: [{ type: 'error', data }] };
}

const stats = z.looseObject({
  contextUsage: z.looseObject({
    tokens: z.number().nullable(),
    contextWindow: z.number(),
    percent: z.number().nullable(),
  }),
});

function toContextUsage(reply: unknown): WorkerEvent[] {
  const parsed = stats.safeParse(reply);
  if (!parsed.success) return [{ type: 'raw', data: { kind: 'pi.get_session_stats', raw: reply } }];
  const { tokens, contextWindow: max_tokens, percent } = parsed.data.contextUsage;
  if (tokens === null || percent === null) {
    const message = 'How full the context is will be known after the next answer.';
    const reason: NoticeReason = 'context_unknown';
    return notice({ kind: 'info', message, details: { reason, max_tokens } });
  }
  return [{ type: 'context_usage', data: { total_tokens: tokens, max_tokens, percentage: percent } }];
}

function toSkills(reply: unknown, filter: string | undefined): WorkerEvent[] {
  const skills = toCommands(reply).filter(({ name }) => filter === undefined || name.includes(filter));
  return [{ type: 'skills_list', data: { skills, total: skills.length, filter } }];
}
