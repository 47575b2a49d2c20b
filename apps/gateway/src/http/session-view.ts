import { z } from '@hono/zod-openapi';
import {
  type IsolationLevel,
  isolationLevels,
  sessionConfig,
  sessionStates,
  sessionTotals,
} from '@hotplex/aep-protocol';
import type { Session } from '../session/session.ts';
import { likeProtocol } from './like-protocol.ts';

export type ViewedSession = Pick<Session, 'record' | 'pending' | 'queue' | 'terminalCommand'> & {
  isolation: IsolationLevel | null;
};

/** A session as the HTTP API shows it. */
export const sessionView = z
  .object({
    id: z.string(),
    title: z.string().nullable(),
    archived: z.boolean().describe('Whether it was put away; a prompt takes it back.'),
    worker_type: z.string(),
    state: z.enum(sessionStates),
    work_dir: z.string(),
    config: likeProtocol(sessionConfig).describe('As it was asked for, without its environment.'),
    isolation: z
      .enum(isolationLevels)
      .nullable()
      .describe(
        'What keeps its agent from the rest of the machine; null for an agent that is not there any more.',
      ),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    epoch: z.string().describe('Names this life of the log: numbers of another one mean nothing.'),
    last_seq: z.number(),
    turn: z.object({ id: z.string(), first_seq: z.number() }).nullable().describe('The one in progress.'),
    totals: likeProtocol(sessionTotals).describe('null is what the agent did not say.'),
    pending: z.number().describe('Questions of the agent that nobody has answered.'),
    queued: z.number().describe('Prompts that wait.'),
    terminal_command: z
      .array(z.string())
      .readonly()
      .nullable()
      .describe('Goes on with it in a terminal of the gateway’s machine; null where there is no such thing.'),
  })
  .openapi('Session');

/** The record as it is shown. */
export function toSessionView({
  record,
  pending,
  queue,
  terminalCommand,
  isolation,
}: ViewedSession): z.infer<typeof sessionView> {
  const {
    id,
    title,
    isArchived,
    workerType,
    state,
    workDir,
    config,
    createdAt,
    updatedAt,
    epoch,
    lastSeq,
    turn,
    totals,
  } = record;
  const { env: _, ...visible } = config;
  return {
    id,
    title,
    archived: isArchived,
    worker_type: workerType,
    state,
    work_dir: workDir,
    config: visible,
    isolation,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
    epoch,
    last_seq: lastSeq,
    turn: turn ? { id: turn.id, first_seq: turn.firstSeq } : null,
    totals,
    pending: pending.length,
    queued: queue.length,
    terminal_command: terminalCommand,
  };
}
