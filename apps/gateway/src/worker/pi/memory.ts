import type { SessionConfig } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { Clock } from '../../ground/clock.ts';
import { anyObject, map, maybe, rememberedInput, set } from '../memory.ts';
import type { Conversation, Turn } from './conversation.ts';
import { promptCommand } from './outgoing.ts';
import { createPolicy } from './permission.ts';
import { type Purpose, purpose } from './purpose.ts';
import type { PiFacts } from './ready.ts';

const figure = z.number().nullable();

const turn = z.object({
  number: z.number(),
  inputIds: set(z.string()),
  /** Unix milliseconds: the clock of the next gateway begins anew. */
  startedAt: z.number(),
  firstTokenAt: maybe(z.number()),
  started: z.boolean(),
  promptRead: z.boolean(),
  interrupted: z.boolean(),
  abortedEarly: z.boolean(),
  toolCalls: z.number(),
  spent: maybe(
    z.object({ input: figure, output: figure, cacheRead: figure, cacheWrite: figure, cost: figure }),
  ),
  requests: z.number(),
  model: z.string().nullable(),
  contextTokens: figure,
  stopReason: z.string().nullable(),
  failure: maybe(z.string()),
  lastBlocks: z.array(z.string()),
});

const block = z.object({ kind: z.enum(['text', 'reasoning']), open: z.boolean() });

const call = z.object({
  name: z.string(),
  input: anyObject,
  parentId: maybe(z.string()),
  output: z.string(),
});

const expiresAt = z.number().optional();
const ask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('permission'), toolCallId: z.string(), rule: z.string(), expiresAt }),
  z.object({
    kind: z.literal('check'),
    toolCallId: z.string(),
    tool: z.string(),
    input: anyObject,
    expiresAt,
  }),
  z.object({ kind: z.literal('question'), toolCallId: z.string(), expiresAt }),
  z.object({
    kind: z.literal('dialog'),
    method: z.enum(['select', 'confirm', 'input', 'editor']),
    options: z.array(z.string()).readonly(),
    expiresAt,
  }),
]);

const steered = z.object({ input: rememberedInput, state: z.enum(['sent', 'queued', 'cleared']) });

/** Another number whenever what is remembered means something else. */
const version = 1;

const memory = z.object({
  version: z.literal(version),
  policy: z.object({ mode: z.string(), remembered: set(z.string()) }),
  steered: z.array(steered),
  conversation: z.object({
    prefix: z.string(),
    sessionId: maybe(z.string()),
    toldSessionId: maybe(z.string()),
    windows: map(z.tuple([z.string(), z.number()])),
    turn: maybe(turn),
    turns: z.number(),
    stream: maybe(z.object({ id: z.string(), blocks: map(z.tuple([z.number(), block])) })),
    messages: z.number(),
    calls: map(z.tuple([z.string(), call])),
    asks: map(z.tuple([z.string(), ask])),
    refused: set(z.string()),
  }),
  facts: z.object({
    models: z.array(z.object({ provider: z.string(), id: z.string(), name: z.string().optional() })),
    commands: z.array(z.object({ name: z.string(), description: z.string().optional() })),
  }),
  purposes: z.array(z.tuple([z.string(), purpose])),
});

/** All that is known of a Pi process which it would not say again. */
export type Remembered = {
  conversation: Conversation;
  facts: PiFacts;
  /** What the replies that are still to come are for, by the id of the request. Other replies tell nothing. */
  purposes: [id: string, purpose: Purpose][];
};

/** As JSON, after every read: whatever may be big is not copied. */
export function toMemory(
  { conversation, facts, purposes }: Remembered,
  clock: Clock,
): z.input<typeof memory> {
  const { workDir: _, policy, steered, turn, stream, ...rest } = conversation;
  const sinceStart = clock.now() - clock.elapsed();
  return {
    version,
    policy: { mode: policy.mode, remembered: [...policy.remembered] },
    steered: steered.map(({ input, state }) => ({ input, state })),
    conversation: {
      ...rest,
      windows: [...conversation.windows],
      turn: turn && { ...moved(turn, sinceStart), inputIds: [...turn.inputIds] },
      stream: stream && { id: stream.id, blocks: [...stream.blocks] },
      calls: [...conversation.calls],
      asks: [...conversation.asks],
      refused: [...conversation.refused],
    },
    facts,
    purposes,
  };
}

type Surroundings = { workDir: string; config: SessionConfig; clock: Clock };

/** Undefined if it was written by an adapter that remembers otherwise. */
export function fromMemory(
  written: unknown,
  { workDir, config, clock }: Surroundings,
): Remembered | undefined {
  const { data } = memory.safeParse(written);
  if (!data) return undefined;
  const { turn, ...rest } = data.conversation;
  const conversation: Conversation = {
    workDir,
    policy: { ...createPolicy(config), ...data.policy },
    ...rest,
    turn: turn && moved(turn, clock.elapsed() - clock.now()),
    steered: data.steered.map(({ input, state }) => {
      return { input, state, content: String(promptCommand(input, 'steer').message) };
    }),
  };
  return { conversation, facts: data.facts, purposes: data.purposes };
}

/** The same turn by another clock, which is ahead of the old one by so many milliseconds. */
function moved({ startedAt, firstTokenAt, ...rest }: Turn, ms: number): Turn {
  return {
    ...rest,
    startedAt: startedAt + ms,
    firstTokenAt: firstTokenAt === undefined ? undefined : firstTokenAt + ms,
  };
}
