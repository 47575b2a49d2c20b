import type { WorkerCommand, WorkerEvent } from '../worker.ts';

export const commandNames = ['set_model', 'model', 'set_permission'] as const;

/** What to do about a command of a client. */
export type CommandPlan =
  | { by: 'model'; model: string }
  | { by: 'mode'; mode: string; events: WorkerEvent[] }
  | { by: 'refusal'; events: WorkerEvent[] };

/** Reads a command; `modes` are those that may be chosen. */
export function planCommand({ command, args, extra }: WorkerCommand, modes: readonly string[]): CommandPlan {
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  switch (command) {
    case 'set_model':
    case 'model': {
      const model = value('model');
      const field = 'model';
      return isModelName(model)
        ? { by: 'model', model }
        : refuse('CONFIG_INVALID', 'name a model', { field });
    }
    case 'set_permission': {
      const mode = value('mode') || value('permission_mode');
      if (!modes.includes(mode)) {
        return refuse('CONFIG_INVALID', `choose one of ${modes.join(', ')}`, { field: 'permission_mode' });
      }
      const message = `Permission mode is now ${mode}.`;
      const data = { kind: 'permission_mode', message, details: { mode } } as const;
      return { by: 'mode', mode, events: [{ type: 'worker.notice', data }] };
    }
    default:
      return refuse('NOT_SUPPORTED', `acpx has no command ${command} here.`, { command });
  }
}

/** What can stand as an argument of its own and be no option. */
export function isModelName(name: string): boolean {
  return /^[^\s-]\S{0,199}$/.test(name);
}

/** The answer to a change of the model. */
export function toModelEvents(model: string, refusal: string | undefined): WorkerEvent[] {
  if (refusal !== undefined) return refuse('CONFIG_INVALID', refusal, { field: 'model' }).events;
  const data = { kind: 'model', message: `The model is now ${model}.`, details: { model } } as const;
  return [{ type: 'worker.notice', data }];
}

function refuse(
  code: 'CONFIG_INVALID' | 'NOT_SUPPORTED',
  message: string,
  details: Record<string, unknown>,
): Extract<CommandPlan, { by: 'refusal' }> {
  return { by: 'refusal', events: [{ type: 'error', data: { code, message, details } }] };
}
