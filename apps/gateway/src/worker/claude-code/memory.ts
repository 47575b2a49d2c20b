import * as z from 'zod';
import { anyObject, map, maybe, rememberedCommand, rememberedReady, set } from '../memory.ts';
import type { WorkerCommand, WorkerReady } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { modelUsage } from './messages.ts';

const turn = z.object({
  inputIds: set(z.string()),
  started: z.boolean(),
  interruptedEarly: z.boolean(),
  toolCalls: z.number(),
  model: z.string().nullable(),
  contextTokens: z.number().nullable(),
  apiError: z.string().nullable(),
});

const block = z.object({ id: z.string(), kind: z.enum(['text', 'reasoning']), open: z.boolean() });

const stream = z.object({
  messageId: z.string(),
  parentId: maybe(z.string()),
  blocks: map(z.tuple([z.number(), block])),
  complete: z.boolean(),
});

const call = z.object({ name: z.string(), input: anyObject, parentId: maybe(z.string()) });

const ask = z.object({
  kind: z.enum(['permission', 'question', 'elicitation', 'check']),
  toolCallId: maybe(z.string()),
  input: anyObject,
  sessionRules: z.array(anyObject),
  tool: z.string().optional(),
});

const planEntry = z.object({
  id: z.string().optional(),
  content: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed']),
});

const conversation = z.object({
  cwd: maybe(z.string()),
  sessionId: maybe(z.string()),
  lastSaid: maybe(z.string()),
  model: z.string().nullable(),
  permissionMode: z.string().nullable(),
  turn: maybe(turn),
  prompts: map(z.tuple([z.string(), z.string()])),
  streams: map(z.tuple([z.string(), stream])),
  calls: map(z.tuple([z.string(), call])),
  asks: map(z.tuple([z.string(), ask])),
  steps: map(
    z.tuple([
      z.string(),
      z.object({
        step_type: z.enum(['subagent', 'background']),
        name: maybe(z.string()),
      }),
    ]),
  ),
  refused: set(z.string()),
  plan: map(z.tuple([z.string(), planEntry])),
  planText: maybe(z.string()),
  totals: maybe(z.record(z.string(), modelUsage)),
  resetsAt: maybe(z.number()),
});

/** Another number whenever what is remembered means something else. */
const version = 2;

const memory = z.object({
  version: z.literal(version),
  conversation,
  ready: rememberedReady,
  commands: z.array(z.tuple([z.string(), rememberedCommand])),
});

/** All that is known of a Claude Code process which it would not say again. */
export type Remembered = {
  conversation: Conversation;
  ready: WorkerReady;
  /** The commands that it has not replied to, by the id of the request. Replies to other requests tell nothing. */
  commands: readonly (readonly [id: string, command: WorkerCommand])[];
};

/** As JSON, after every read: whatever may be big is not copied. */
export function toMemory({ conversation, ready, commands }: Remembered): z.input<typeof memory> {
  const { workDir: _, turn, ...rest } = conversation;
  return {
    version,
    ready,
    commands: commands.map(([id, command]) => [id, command]),
    conversation: {
      ...rest,
      turn: turn && { ...turn, inputIds: [...turn.inputIds] },
      prompts: [...conversation.prompts],
      streams: [...conversation.streams].map(([key, open]) => [key, { ...open, blocks: [...open.blocks] }]),
      calls: [...conversation.calls],
      asks: [...conversation.asks].map(([id, open]) => [
        id,
        { ...open, sessionRules: [...open.sessionRules] },
      ]),
      steps: [...conversation.steps],
      refused: [...conversation.refused],
      plan: [...conversation.plan],
    },
  };
}

/** Undefined if it was written by an adapter that remembers otherwise. */
export function fromMemory(
  written: unknown,
  { workDir }: Pick<Conversation, 'workDir'>,
): Remembered | undefined {
  const { data } = memory.safeParse(written);
  if (!data) return undefined;
  const { conversation, ready, commands } = data;
  return { conversation: { workDir, ...conversation }, ready, commands };
}
