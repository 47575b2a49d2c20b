import type { Conversation } from '../acp-session/conversation.ts';
import {
  type Choice,
  noteMode,
  noteModel,
  type SessionState,
  toModeChoice,
  toModelChoice,
} from '../acp-session/settings.ts';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';

export const commandNames = [
  'set_model',
  'model',
  'set_permission',
  'context_usage',
  'skills',
  'clear',
] as const;

/** How a command is carried out: by a request to the agent, by a new session, or by us alone. */
export type CommandPlan =
  | {
      by: 'request';
      request: ReturnType<Choice['toRequest']>;
      onDone(conversation: Conversation): WorkerEvent[];
    }
  | { by: 'new-session' }
  | { by: 'us'; events: readonly WorkerEvent[] };

type Situation = { conversation: Conversation; state: SessionState; sessionId: string };

/** What to do about a command of a client. */
export function planCommand(
  { command, args, extra }: WorkerCommand,
  { conversation, state, sessionId }: Situation,
): CommandPlan {
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  switch (command) {
    case 'set_model':
    case 'model':
      return planModel(value('model'), state, sessionId);
    case 'set_permission': {
      const mode = value('mode');
      const choice = toModeChoice(state);
      if (!choice)
        return refuse('NOT_SUPPORTED', `This agent has no modes, so ${command} does nothing.`, { command });
      if (!isOffered(choice, mode)) return invalid('mode', mode, choice);
      return {
        by: 'request',
        request: choice.toRequest(sessionId, mode),
        onDone: (current) => noteMode(current, mode),
      };
    }
    case 'context_usage':
      return { by: 'us', events: [toContextUsage(conversation)] };
    case 'skills': {
      const filter = args?.trim() || undefined;
      const skills = conversation.commands.filter(
        ({ name }) => filter === undefined || name.includes(filter),
      );
      const data = { skills: [...skills], total: skills.length, ...(filter === undefined ? {} : { filter }) };
      return { by: 'us', events: [{ type: 'skills_list', data }] };
    }
    case 'clear':
      if (!conversation.turn) return { by: 'new-session' };
      return refuse('SESSION_BUSY', 'clear has to wait for the end of the running turn.', { command });
    default:
      return refuse('NOT_SUPPORTED', `This agent has no command ${command} here.`, { command });
  }
}

/** The request that chooses this model, or why there is none. */
export function planModel(model: string, state: SessionState, sessionId: string): CommandPlan {
  const choice = toModelChoice(state);
  if (!choice) return refuse('NOT_SUPPORTED', 'This agent offers no choice of models.', { field: 'model' });
  if (!isOffered(choice, model)) return invalid('model', model, choice);
  return {
    by: 'request',
    request: choice.toRequest(sessionId, model),
    onDone: (conversation) => {
      noteModel(conversation, model);
      return [
        {
          type: 'worker.notice',
          data: { kind: 'model', message: `The model is now ${model}.`, details: { model } },
        },
      ];
    },
  };
}

function toContextUsage({ context, model }: Conversation): WorkerEvent {
  if (!context) {
    const message = 'The agent has not said yet how full its context is; send a prompt first.';
    return { type: 'error', data: { code: 'NOT_SUPPORTED', message, details: { command: 'context_usage' } } };
  }
  const { used, size } = context;
  const percentage = size > 0 ? Math.round((used / size) * 1_000) / 10 : 0;
  return {
    type: 'context_usage',
    data: { total_tokens: used, max_tokens: size, percentage, ...(model ? { model } : {}) },
  };
}

function isOffered({ values }: Choice, value: string): boolean {
  return values.some(({ id }) => id === value);
}

function invalid(field: string, value: string, { values }: Choice): CommandPlan {
  const offered = values.map(({ id }) => id);
  const message = `${field} ${JSON.stringify(value.slice(0, 100))} is not offered: use one of ${offered.slice(0, 30).join(', ')}`;
  return refuse('CONFIG_INVALID', message, { field });
}

function refuse(
  code: 'CONFIG_INVALID' | 'NOT_SUPPORTED' | 'SESSION_BUSY',
  message: string,
  details: Record<string, unknown>,
): CommandPlan {
  return { by: 'us', events: [{ type: 'error', data: { code, message, details } }] };
}
