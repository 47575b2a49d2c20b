import * as z from 'zod';
import type { WorkerReady } from '../worker.ts';

const words = z.string().nullish();

const initializeReply = z.looseObject({
  models: z.array(z.looseObject({ value: z.string(), displayName: words, description: words })).catch([]),
  commands: z.array(z.looseObject({ name: z.string(), description: words })).catch([]),
  claude_code_version: words,
});

/** What the CLI says of itself when it is up: its answer to `initialize`. */
export function toReady(reply: unknown, permissionModes: readonly string[]): WorkerReady {
  const { models, commands, claude_code_version } = initializeReply.parse(reply ?? {});
  return {
    models: models.map(({ value, displayName, description }) => ({
      id: value,
      name: displayName ?? undefined,
      description: description ?? undefined,
    })),
    commands: commands.map(({ name, description }) => ({ name, description: description ?? undefined })),
    permission_modes: [...permissionModes],
    version: claude_code_version ?? undefined,
  };
}
