import * as z from 'zod';
import type { WorkerReady } from '../worker.ts';

const words = z.string().nullish();

const model = z.looseObject({
  provider: z.string(),
  id: z.string(),
  name: words,
  contextWindow: z.number().nullish(),
});
export type Model = z.infer<typeof model>;

const state = z.looseObject({
  sessionId: words,
  messageCount: z.number().nullish(),
  model: model.nullish().catch(undefined),
});
export type State = z.infer<typeof state>;

const command = z.looseObject({ name: z.string(), description: words, source: words });
const modelList = z.looseObject({ models: z.array(model).catch([]) });
const commandList = z.looseObject({ commands: z.array(command).catch([]) });

/** What Pi says of the conversation it has open: the answer to `get_state`. */
export function toState(reply: unknown): State {
  return state.safeParse(reply).data ?? {};
}

/** The models there are credentials for: the answer to `get_available_models`. */
export function toModels(reply: unknown): Model[] {
  return modelList.safeParse(reply).data?.models ?? [];
}

export function toModelName({ provider, id }: Pick<Model, 'provider' | 'id'>): string {
  return `${provider}/${id}`;
}

/** Skills, templates and commands of extensions: the answer to `get_commands`. */
export function toCommands(reply: unknown): { name: string; description?: string; source?: string }[] {
  const { commands = [] } = commandList.safeParse(reply).data ?? {};
  return commands.map(({ name, description, source }) => ({
    name,
    description: description ?? undefined,
    source: source ?? undefined,
  }));
}

/** A model by the names it can be asked for. */
export type NamedModel = { provider: string; id: string; name?: string };

export function toNamed({ provider, id, name }: Model): NamedModel {
  return { provider, id, name: name ?? undefined };
}

/** What Pi said of itself when it was up. */
export type PiFacts = {
  models: NamedModel[];
  commands: { name: string; description?: string }[];
};

/** What the session learns once Pi is up. NOTE: Pi does not say its version. */
export function toReady({ models, commands }: PiFacts, permissionModes: readonly string[]): WorkerReady {
  return {
    models: models.map((model) => ({ id: toModelName(model), name: model.name })),
    commands: commands.map(({ name, description }) => ({ name, description })),
    permission_modes: [...permissionModes],
  };
}
