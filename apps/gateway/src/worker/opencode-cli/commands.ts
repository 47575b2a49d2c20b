import { GatewayError } from '../../ground/gateway-error.ts';
import { toModelName } from '../opencode/model-name.ts';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';

export const commandNames = ['set_model', 'model', 'set_permission'] as const;

/** What a command changes from the next turn on, and what is said to it. */
export type Change = { model?: string; mode?: string; events: WorkerEvent[] };

/** Reads a command; `modes` are those that may be chosen. */
export function planCommand({ command, args, extra }: WorkerCommand, modes: readonly string[]): Change {
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  if (command === 'set_model' || command === 'model') {
    const model = value('model');
    try {
      toModelName(model);
    } catch (error) {
      if (error instanceof GatewayError) return refuse('CONFIG_INVALID', error.message);
      throw error;
    }
    const message = `Model is now ${model}.`;
    return { model, events: notice({ kind: 'model', message, details: { model } }) };
  }
  if (command === 'set_permission') {
    const mode = value('mode') || value('permission_mode');
    if (!modes.includes(mode)) return refuse('CONFIG_INVALID', `choose one of ${modes.join(', ')}`);
    const message = `Permission mode is now ${mode}.`;
    return { mode, events: notice({ kind: 'permission_mode', message, details: { mode } }) };
  }
  return refuse('NOT_SUPPORTED', `OpenCode has no command ${command} here.`);
}

function refuse(code: 'CONFIG_INVALID' | 'NOT_SUPPORTED', message: string): Change {
  return { events: [{ type: 'error', data: { code, message } }] };
}

function notice(data: Extract<WorkerEvent, { type: 'worker.notice' }>['data']): WorkerEvent[] {
  return [{ type: 'worker.notice', data }];
}
