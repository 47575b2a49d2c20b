import * as z from 'zod';
import { maybe, rememberedInput } from '../memory.ts';
import { gateCheck } from '../opencode/gate-check.ts';
import { openCodeError, tokens } from '../opencode/tool-state.ts';
import type { WorkerInput } from '../worker.ts';
import type { Turn } from './turn.ts';

const turn = z.object({
  inputId: z.string(),
  model: z.string().nullable(),
  sessionId: maybe(z.string()),
  begun: z.boolean(),
  error: maybe(openCodeError),
  finish: z.string().nullable(),
  toolCalls: z.number(),
  usages: z.array(z.object({ tokens, cost: z.number().nullable() })),
  checks: z.array(gateCheck),
  refused: z.array(z.string()),
});

/** Another number whenever what is remembered means something else. */
const version = 2;

const memory = z.object({
  version: z.literal(version),
  input: rememberedInput,
  turn,
  startedAt: z.number(),
  interrupted: z.boolean(),
  session: maybe(z.string()),
  fork: maybe(z.string()),
  known: z.boolean(),
  model: maybe(z.string()),
  mode: z.string(),
  answers: z.string(),
});

/** All that is known of a turn, and of what the next one is started with. */
export type Remembered = {
  input: WorkerInput;
  turn: Turn;
  /** Unix milliseconds. */
  startedAt: number;
  interrupted: boolean;
  session: string | undefined;
  fork: string | undefined;
  known: boolean;
  model: string | undefined;
  mode: string;
  /** The folder in which its gate looks for answers. */
  answers: string;
};

/** As JSON. */
export function toMemory({
  turn: { workDir: _, ...rest },
  ...remembered
}: Remembered): z.input<typeof memory> {
  return { version, ...remembered, turn: rest };
}

/** Undefined if it was written by an adapter that remembers otherwise. */
export function fromMemory(written: unknown, { workDir }: Pick<Turn, 'workDir'>): Remembered | undefined {
  const { data } = memory.safeParse(written);
  return data && { ...data, turn: { workDir, ...data.turn } };
}
