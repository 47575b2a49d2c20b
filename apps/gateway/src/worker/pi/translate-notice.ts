import type { NoticeReason } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { readFailure } from './failure.ts';
import type { RecordOf } from './messages.ts';
import { spend } from './stats.ts';

type Notice = Extract<WorkerEvent, { type: 'worker.notice' }>['data'];

/** The model failed and is asked again: what it had said is void. */
export function translateRetry(
  { turn }: Conversation,
  { attempt, maxAttempts: max_retries, delayMs: retry_delay_ms, errorMessage }: RecordOf<'auto_retry_start'>,
): WorkerEvent[] {
  const { status, reason: error, message } = readFailure(errorMessage ?? '');
  const cause = status === null ? `failed (${message || 'no reason given'})` : `answered ${status}`;
  const seconds = (retry_delay_ms / 1_000).toFixed(1);
  const said = `The model API ${cause}; trying again in ${seconds} s (${attempt} of ${max_retries}).`;
  const message_ids = turn?.lastBlocks ?? [];
  if (turn) turn.lastBlocks = [];
  return [
    ...(message_ids.length === 0 ? [] : [retraction(message_ids)]),
    ...notice({
      kind: 'retry',
      message: said,
      details: { attempt, max_retries, retry_delay_ms, status, error },
    }),
  ];
}

export function translateCompactionStart({ reason }: RecordOf<'compaction_start'>): WorkerEvent[] {
  const details = { trigger: reason ?? null };
  return notice({ kind: 'compaction', message: 'The conversation is being summarised.', details });
}

export function translateCompactionEnd(
  { turn }: Conversation,
  { reason, result, aborted, errorMessage }: RecordOf<'compaction_end'>,
): WorkerEvent[] {
  const trigger = reason ?? null;
  if (!result) {
    const why = aborted ? 'interrupted' : (errorMessage ?? 'no reason given');
    const message = `The conversation was not summarised (${why}).`;
    return notice({ kind: 'compaction', message, details: { trigger } });
  }
  if (turn && result.usage) spend(turn, result.usage);
  const { tokensBefore = null, estimatedTokensAfter = null } = result;
  const sizes = tokensBefore && estimatedTokensAfter ? `: ${tokensBefore} tokens before` : '';
  return notice({
    kind: 'compaction',
    message: `The conversation was summarised${sizes}.`,
    details: { trigger, tokens_before: tokensBefore, tokens_after: estimatedTokensAfter },
  });
}

export function translateExtensionError({ event, error }: RecordOf<'extension_error'>): WorkerEvent[] {
  const message = `An extension of Pi failed${event ? ` at ${event}` : ''}: ${error ?? 'no reason given'}`;
  const reason: NoticeReason = 'extension_failed';
  return notice({ kind: 'info', message, details: { reason } });
}

export function notice(data: Notice): WorkerEvent[] {
  return [{ type: 'worker.notice', data }];
}

function retraction(message_ids: string[]): WorkerEvent {
  return { type: 'message.retract', data: { message_ids, reason: 'the answer begins anew' } };
}
