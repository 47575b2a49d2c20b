import * as z from 'zod';
import { anyObject, map, maybe, rememberedInput, set } from '../memory.ts';
import { gateCheck } from '../opencode/gate-check.ts';
import type { ModelName } from '../opencode/model-name.ts';
import { openCodeError, tokens } from '../opencode/tool-state.ts';
import type { Conversation } from './conversation.ts';
import { permissionRequest, questionRequest } from './messages.ts';
import type { RememberedPolicy } from './permission-policy.ts';
import type { RememberedPrompts } from './prompt-sender.ts';

const turn = z.object({
  inputIds: set(z.string()),
  since: z.string(),
  started: z.boolean(),
  idle: z.boolean(),
  interrupting: z.boolean(),
  aborted: z.boolean(),
  error: maybe(openCodeError),
  toolCalls: z.number(),
  startedAt: z.number().nullable(),
  firstTokenAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});

const answer = z.object({
  sessionId: z.string(),
  completed: z.boolean(),
  shown: z.boolean(),
  finish: z.string().nullable(),
  error: maybe(openCodeError),
  tokens: maybe(tokens),
  cost: z.number().nullable(),
});

const block = z.object({
  kind: z.enum(['text', 'reasoning']),
  parentId: maybe(z.string()),
  told: z.number(),
  phase: z.enum(['silent', 'open', 'ended']),
  lossy: z.boolean(),
});

const call = z.object({
  partId: z.string(),
  name: z.string(),
  parentId: maybe(z.string()),
  input: anyObject,
  told: z.boolean(),
  output: z.number(),
});

const ask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('permission'),
    request: permissionRequest,
    toolName: z.string(),
    isCheck: z.boolean(),
  }),
  z.object({ kind: z.literal('question'), request: questionRequest }),
]);

const conversation = z.object({
  sessionId: z.string(),
  turn: maybe(turn),
  title: maybe(z.string()),
  model: z.string().nullable(),
  contextTokens: z.number().nullable(),
  steered: map(z.tuple([z.string(), z.string()])),
  answers: map(z.tuple([z.string(), answer])),
  blocks: map(z.tuple([z.string(), block])),
  calls: map(z.tuple([z.string(), call])),
  asks: map(z.tuple([z.string(), ask])),
  checks: map(z.tuple([z.string(), gateCheck])),
  children: map(z.tuple([z.string(), z.string()])),
  refused: set(z.string()),
});

const modelName = z.object({ providerID: z.string(), modelID: z.string() });

const sent = z.object({
  input: rememberedInput,
  how: z.enum(['turn', 'steer']),
  model: maybe(modelName),
  command: maybe(z.object({ command: z.string(), arguments: z.string() })),
});

/** Another number whenever what is remembered means something else. */
const version = 3;

const memory = z.object({
  version: z.literal(version),
  conversation,
  policy: z.object({
    mode: z.string(),
    always: z.array(z.object({ permission: z.string(), always: z.array(z.string()) })),
  }),
  model: maybe(modelName),
  prompts: z.object({
    planned: z.boolean(),
    unconfirmed: map(z.tuple([z.string(), sent])),
    steered: map(z.tuple([z.string(), rememberedInput])),
  }),
});

/** All that is known of a conversation in the server which that would not say again. */
export type Remembered = {
  conversation: Conversation;
  policy: RememberedPolicy;
  model: ModelName | undefined;
  prompts: RememberedPrompts;
};

/** As JSON, after every read: the models and commands, which are many, are asked for again. Undefined before it is open. */
export function toMemory(remembered: Remembered): z.input<typeof memory> | undefined {
  const { conversation, policy, model, prompts } = remembered;
  const { workDir: _, windows: __, commands: ___, answering, sessionId, turn, ...rest } = conversation;
  if (sessionId === undefined) return undefined;
  return {
    version,
    policy,
    model,
    prompts: {
      planned: prompts.planned,
      unconfirmed: [...prompts.unconfirmed],
      steered: [...prompts.steered],
    },
    conversation: {
      ...rest,
      sessionId,
      turn: turn && { ...turn, inputIds: [...turn.inputIds] },
      steered: [...conversation.steered],
      answers: [...conversation.answers],
      blocks: [...conversation.blocks],
      calls: [...conversation.calls],
      // An answer on its way may not arrive: the session gives it again.
      // What only the session is asked the next gateway finds open, and asks its own.
      asks: [...conversation.asks, ...answering].filter(
        ([, open]) => open.kind === 'question' || !open.isCheck,
      ),
      checks: [...conversation.checks],
      children: [...conversation.children],
      refused: [...conversation.refused],
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
  const { version: _, conversation, ...rest } = data;
  return {
    ...rest,
    conversation: { workDir, windows: new Map(), commands: new Set(), answering: new Map(), ...conversation },
  };
}
