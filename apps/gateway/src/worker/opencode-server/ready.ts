import * as z from 'zod';
import { type ModelName, toModelName } from '../opencode/model-name.ts';
import type { WorkerReady } from '../worker.ts';
import type { SessionApi } from './session-api.ts';
import { isOnlyWords, listedCommand } from './slash-command.ts';

const words = z.string().nullish();

const providerList = z.looseObject({
  providers: z.array(
    z.looseObject({
      id: z.string(),
      models: z.record(
        z.string(),
        z.looseObject({ name: words, limit: z.looseObject({ context: z.number().nullish() }).nullish() }),
      ),
    }),
  ),
  default: z.record(z.string(), z.string()).catch({}),
});
const configured = z.looseObject({ model: words });
const commandList = z.array(listedCommand);

export type Surroundings = {
  ready: WorkerReady;
  /** Context windows by `provider/model`. */
  windows: ReadonlyMap<string, number>;
  /** Names of the commands that may be given as such. */
  commands: readonly string[];
  /** The model OpenCode takes if none is named. */
  fallback: ModelName | undefined;
};

/** What the server knows of its models and commands in this folder. Throws ServerRefusal. */
export async function readSurroundings(
  api: SessionApi,
  { version, permissionModes }: { version: string | undefined; permissionModes: readonly string[] },
): Promise<Surroundings> {
  const { providers, default: defaults } = providerList.parse(await api.read('/config/providers'));
  const { model } = configured.parse(await api.read('/config'));
  const commands = commandList.parse(await api.read('/command'));
  const models = providers.flatMap((provider) =>
    Object.entries(provider.models).map(([id, { name, limit }]) => ({
      id: `${provider.id}/${id}`,
      name: name ?? undefined,
      window: limit?.context ?? undefined,
    })),
  );
  const [first] = Object.entries(defaults);
  const fallback = model ?? (first ? first.join('/') : undefined);
  return {
    ready: {
      models: models.map(({ id, name }) => ({ id, name })),
      commands: commands.map(({ name, description }) => ({ name, description: description ?? undefined })),
      permission_modes: [...permissionModes],
      version,
    },
    commands: commands.filter(isOnlyWords).map(({ name }) => name),
    windows: new Map(models.flatMap(({ id, window }) => (window ? [[id, window] as const] : []))),
    fallback: fallback === undefined ? undefined : toModelName(fallback),
  };
}
