import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { type ConfigOption, configOption } from './messages.ts';

const words = z.string().nullish();

/** What an agent says of a session it opened: what can be chosen in it. Each agent tells it in one way or the other. */
export const sessionState = z.looseObject({
  sessionId: words,
  modes: z
    .looseObject({
      currentModeId: z.string(),
      availableModes: z.array(z.looseObject({ id: z.string() })),
    })
    .nullish()
    .catch(undefined),
  models: z
    .looseObject({
      currentModelId: words,
      availableModels: z.array(z.looseObject({ modelId: z.string(), name: words })),
    })
    .nullish()
    .catch(undefined),
  configOptions: z.array(configOption).nullish().catch(undefined),
});
export type SessionState = z.infer<typeof sessionState>;

/** A choice the session offers, and the request that makes it. */
export type Choice = {
  values: readonly { id: string; name?: string }[];
  toRequest(sessionId: string, value: string): { method: string; params: Record<string, unknown> };
};

/** Modes in which nobody is ever asked. They are the operator's to give, not a client's. */
const neverAsking = new Set([
  'bypassPermissions',
  'dontAsk',
  'full-access',
  'agent-full-access',
  'yolo',
  'autopilot',
]);

/** The models to choose from; undefined if the agent offers none. */
export function toModelChoice({ models, configOptions }: SessionState): Choice | undefined {
  const option = find(configOptions, 'model');
  if (option) return byOption(option);
  if (!models) return undefined;
  return {
    values: models.availableModels.map(({ modelId, name }) => ({ id: modelId, ...(name ? { name } : {}) })),
    toRequest: (sessionId, modelId) => ({ method: 'session/set_model', params: { sessionId, modelId } }),
  };
}

/** The modes to choose from, without those that never ask; undefined if the agent has none. */
export function toModeChoice({ modes, configOptions }: SessionState): Choice | undefined {
  const option = find(configOptions, 'mode');
  const choice = modes
    ? {
        values: modes.availableModes.map(({ id }) => ({ id })),
        toRequest: (sessionId: string, modeId: string) => ({
          method: 'session/set_mode',
          params: { sessionId, modeId },
        }),
      }
    : option && byOption(option);
  return choice && { ...choice, values: choice.values.filter(({ id }) => !neverAsking.has(id)) };
}

/** Takes over what the session begins with, which is no news to anybody. */
export function noteState(conversation: Conversation, { modes, models, configOptions }: SessionState): void {
  if (modes) conversation.mode = modes.currentModeId;
  noteModel(conversation, models?.currentModelId);
  noteOptions(conversation, configOptions ?? []);
}

export function noteModel(conversation: Conversation, model: unknown): void {
  if (typeof model === 'string' && model !== '') conversation.model = model;
}

/** Says so if the mode is another now. */
export function noteMode(conversation: Conversation, mode: string): WorkerEvent[] {
  const before = conversation.mode;
  conversation.mode = mode;
  if (before === undefined || before === mode) return [];
  const data = { kind: 'permission_mode', message: `The mode is now ${mode}.`, details: { mode } } as const;
  return [{ type: 'worker.notice', data }];
}

export function noteOptions(conversation: Conversation, options: readonly ConfigOption[]): WorkerEvent[] {
  noteModel(conversation, find(options, 'model')?.currentValue);
  const mode = find(options, 'mode')?.currentValue;
  return typeof mode === 'string' ? noteMode(conversation, mode) : [];
}

function find(options: readonly ConfigOption[] | null | undefined, category: string) {
  return options?.find((option) => option.category === category && option.options);
}

function byOption({ id, options }: ConfigOption): Choice {
  return {
    values: (options ?? []).map(({ value, name }) => ({ id: value, ...(name ? { name } : {}) })),
    toRequest: (sessionId, value) => ({
      method: 'session/set_config_option',
      params: { sessionId, configId: id, value },
    }),
  };
}
