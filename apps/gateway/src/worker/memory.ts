import { inputPart } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { WorkerInput, WorkerReady } from './worker.ts';

/** How adapters write down what they remember: everything as JSON, read back as it was. */

/** A Map, written as its entries. */
export function map<K, V, I>(entry: z.ZodType<[K, V], I>) {
  return z.array(entry).transform((entries) => new Map(entries));
}

/** A Set, written as its members. */
export function set<S extends z.ZodType>(member: S) {
  return z.array(member).transform((members) => new Set(members));
}

/** What may be undefined. JSON leaves it out. */
export function maybe<S extends z.ZodType>(schema: S) {
  return schema.optional().transform((value) => value);
}

export const anyObject = z.record(z.string(), z.unknown());

const named = { name: z.string().optional(), description: z.string().optional() };

/** What the worker said when it was up, to be said again to the next gateway. */
export const rememberedReady = z.object({
  models: z.array(z.object({ id: z.string(), ...named })).optional(),
  commands: z.array(z.object({ ...named, name: z.string() })).optional(),
  permission_modes: z.array(z.string()).optional(),
  tools: z.array(z.string()).optional(),
  version: z.string().optional(),
}) satisfies z.ZodType<WorkerReady>;

/** A command that was given to the agent and not answered yet. */
export const rememberedCommand = z.object({
  command: z.string(),
  args: z.string().optional(),
  extra: anyObject.optional(),
});

/** A prompt that may have to be sent once more. */
export const rememberedInput = z.object({
  inputId: z.string(),
  content: z.string(),
  parts: z.array(inputPart).readonly().optional(),
}) satisfies z.ZodType<WorkerInput>;
