import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { RecordOf } from './messages.ts';
import type { SystemOf } from './system-records.ts';

type Notice = Extract<WorkerEvent, { type: 'worker.notice' }>['data'];

/** The model API refused or failed and is asked again. */
export function translateRetry(record: SystemOf<'api_retry'>): WorkerEvent[] {
  const { attempt, max_retries, retry_delay_ms, error_status, error } = record;
  const cause = error_status ? `answered ${error_status}` : 'could not be reached';
  const seconds = (retry_delay_ms / 1_000).toFixed(1);
  return notice({
    kind: 'retry',
    message: `The model API ${cause}; trying again in ${seconds} s (${attempt} of ${max_retries}).`,
    details: { attempt, max_retries, retry_delay_ms, status: error_status ?? null, error: error ?? null },
  });
}

/** How much of a subscription's quota is left; told only when it runs short. */
export function translateRateLimit(
  conversation: Conversation,
  { rate_limit_info: { status, resetsAt, rateLimitType } }: RecordOf<'rate_limit_event'>,
): WorkerEvent[] {
  conversation.resetsAt = resetsAt ?? undefined;
  if (!status || status === 'allowed') return [];
  const resets_at = resetsAt ? new Date(resetsAt * 1_000).toISOString() : null;
  const until = resets_at ? ` It resets at ${resets_at}.` : '';
  return notice({
    kind: 'rate_limit',
    message: `${status === 'rejected' ? 'The quota is used up.' : 'The quota is nearly used up.'}${until}`,
    details: { status, resets_at, window: rateLimitType ?? null },
  });
}

/** A compaction that begins, or a permission mode that changed. */
export function translateStatus(conversation: Conversation, record: SystemOf<'status'>): WorkerEvent[] {
  const events: WorkerEvent[] = [];
  if (record.status === 'compacting') {
    events.push(...notice({ kind: 'compaction', message: 'The conversation is being summarised.' }));
  }
  const mode = record.permissionMode;
  if (mode && mode !== conversation.permissionMode) {
    conversation.permissionMode = mode;
    const details = { mode };
    events.push(...notice({ kind: 'permission_mode', message: `Permission mode is now ${mode}.`, details }));
  }
  return events;
}

export function translateCompaction(record: SystemOf<'compact_boundary'>): WorkerEvent[] {
  const { trigger, pre_tokens, post_tokens } = record.compact_metadata ?? {};
  const sizes = pre_tokens && post_tokens ? ` from ${pre_tokens} to ${post_tokens} tokens` : '';
  return notice({
    kind: 'compaction',
    message: `The conversation was summarised${sizes}.`,
    details: {
      trigger: trigger ?? null,
      tokens_before: pre_tokens ?? null,
      tokens_after: post_tokens ?? null,
    },
  });
}

export function notice(data: Notice): WorkerEvent[] {
  return [{ type: 'worker.notice', data }];
}
