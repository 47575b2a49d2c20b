import * as z from 'zod';
import type { Clock } from '../../ground/clock.ts';
import type { Conversation, Turn } from '../acp-session/conversation.ts';
import { toolCall } from '../acp-session/messages.ts';
import { sessionState } from '../acp-session/settings.ts';
import { map, maybe, rememberedCommand, rememberedReady, set } from '../memory.ts';
import type { WorkerReady } from '../worker.ts';
import { rpcId } from './agent-connection.ts';
import type { HostMemory } from './agent-host.ts';
import type { Session } from './begin-session.ts';
import { fileWork } from './files-underway.ts';
import type { AgentFacts } from './open-session.ts';
import { purpose } from './purpose.ts';
import type { WorkMemory } from './work-in-hand.ts';

/** Times are those of the wall: the next gateway's clock counts from another moment. */
const turn = z.object({
  inputId: z.string(),
  startedAt: z.number(),
  firstWordAt: maybe(z.number()),
  toolCalls: z.number(),
  interrupted: z.boolean(),
});

const conversation = z.object({
  turn: maybe(turn),
  replaying: z.boolean(),
  block: maybe(
    z.object({ id: z.string(), kind: z.enum(['text', 'reasoning']), messageId: maybe(z.string()) }),
  ),
  blocks: z.number(),
  calls: map(z.tuple([z.string(), toolCall.extend({ told: z.boolean() })])),
  refused: set(z.string()),
  commands: z.array(z.object({ name: z.string(), description: z.string().optional() })),
  mode: maybe(z.string()),
  model: maybe(z.string()),
  context: maybe(z.object({ used: z.number(), size: z.number() })),
  cost: maybe(z.number()),
  costBefore: maybe(z.number()),
});

const option = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['allow_once', 'allow_always', 'reject_once', 'reject_always']),
});

const host = z.object({
  nextId: z.number(),
  asks: z.object({
    open: map(
      z.tuple([
        z.string(),
        z.object({ options: z.array(option), key: z.string(), purpose, check: toolCall.optional() }),
      ]),
    ),
    remembered: set(z.string()),
  }),
  requests: z.object({
    allowedWrites: set(z.string()),
    allowedCommands: set(z.string()),
    files: z.array(z.tuple([rpcId, fileWork])),
  }),
});

/** Another number whenever what is remembered means something else. */
const version = 1;

const memory = z.object({
  version: z.literal(version),
  conversation,
  session: z.object({ id: z.string(), state: sessionState }),
  facts: z.object({
    version: z.string().optional(),
    resumesBy: maybe(z.enum(['session/resume', 'session/load'])),
  }),
  ready: rememberedReady,
  work: z.object({
    prompt: maybe(z.number()),
    commands: z.array(z.tuple([z.number(), rememberedCommand])),
  }),
  host,
});

/** All that is known of an agent which it would not say again. */
export type Remembered = {
  conversation: Conversation;
  session: Session;
  facts: AgentFacts;
  ready: WorkerReady;
  work: WorkMemory;
  host: HostMemory;
};

/** As JSON, after every read: whatever may be big is not copied. */
export function toMemory(remembered: Remembered, clock: Clock): z.input<typeof memory> {
  const { conversation: known, host: between, ...rest } = remembered;
  const { asks, requests } = between;
  return {
    version,
    ...rest,
    conversation: {
      ...known,
      turn: known.turn && moved(known.turn, clock.now() - clock.elapsed()),
      calls: [...known.calls],
      refused: [...known.refused],
      commands: [...known.commands],
    },
    host: {
      nextId: between.nextId,
      asks: {
        open: [...asks.open].map(([id, open]) => [id, { ...open, options: [...open.options] }]),
        remembered: [...asks.remembered],
      },
      requests: {
        allowedWrites: [...requests.allowedWrites],
        allowedCommands: [...requests.allowedCommands],
        files: requests.files,
      },
    },
  };
}

/** Undefined if it was written by an adapter that remembers otherwise. */
export function fromMemory(written: unknown, clock: Clock): Remembered | undefined {
  const { data } = memory.safeParse(written);
  if (!data) return undefined;
  const { version: _, conversation: known, ...rest } = data;
  const turn = known.turn && moved(known.turn, clock.elapsed() - clock.now());
  return { ...rest, conversation: { ...known, turn } };
}

/** The same turn by another clock, which is ahead of the old one by so many milliseconds. */
function moved({ startedAt, firstWordAt, ...rest }: Turn, ms: number): Turn {
  return {
    ...rest,
    startedAt: startedAt + ms,
    firstWordAt: firstWordAt === undefined ? undefined : firstWordAt + ms,
  };
}
