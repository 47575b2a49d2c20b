import { type ErrorCode, isErrorCode, type TurnStats, turnStats } from '@hotplex/aep-protocol';
import * as z from 'zod';
import { anyObject } from './memory.ts';
import type { WorkerEvent, WorkerState } from './worker.ts';

export type Failure = Extract<WorkerEvent, { type: 'error' }>;

/** How far a turn is that may be tried again. Plain JSON: it outlives the gateway. */
export type Trial = {
  /** How often it was tried again. */
  attempts: number;
  /** Figures of the runs of this turn that failed. */
  spent?: TurnStats;
  /** An overload that need not be the end of the turn: not told yet. */
  held?: Failure;
  /** Unix milliseconds at which it is tried again; absent while the agent is at work. */
  retryAt?: number;
  /** Somebody wants this turn to end: it is not tried again. */
  interrupted: boolean;
};

const failure = z.object({
  type: z.literal('error'),
  data: z.object({
    code: z.custom<ErrorCode>((code) => typeof code === 'string' && isErrorCode(code)),
    message: z.string(),
    details: anyObject.optional(),
  }),
});

const memory = z.object({
  trial: z.object({
    attempts: z.number(),
    spent: z.optional(turnStats),
    held: failure.optional(),
    retryAt: z.number().optional(),
    interrupted: z.boolean(),
  }),
  worker: z.unknown(),
});

/** The state of a worker, with how far its turn is. */
export function withTrial(state: WorkerState, trial: Trial): WorkerState {
  return { ...state, memory: { trial, worker: state.memory } satisfies z.input<typeof memory> };
}

/** The worker's own state and how far its turn was. NOTE: what cannot be read is nothing to the worker, who then refuses it. */
export function splitTrial(state: WorkerState): { adopt: WorkerState; trial?: Trial } {
  const { data } = memory.safeParse(state.memory);
  return { adopt: { ...state, memory: data?.worker }, trial: data?.trial };
}
