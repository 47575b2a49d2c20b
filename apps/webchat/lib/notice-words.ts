import type { NoticeReason, ServerData } from '@hotplex/aep-protocol';
import { formatTokens } from './format-tokens.ts';
import type { Texts } from './texts/en.ts';
import type { NoticeTexts } from './texts/error-texts.ts';

type Notice = Pick<ServerData<'worker.notice'>, 'kind' | 'details'>;

/**
 * What a notice says, by its kind and the fields of its `details`; undefined where these do not say it and only the
 * notice's own words do. `toMoment` writes a time as the reader does.
 */
export function noticeWords(
  { kind, details = {} }: Notice,
  texts: Texts['notices'],
  toMoment: (time: string) => string,
): string | undefined {
  switch (kind) {
    case 'retry':
      return retryWords(details, texts);
    case 'rate_limit': {
      const { status, resets_at: resetsAt } = details;
      if (typeof status !== 'string') return undefined;
      const quota = status === 'rejected' ? texts.quotaUsedUp : texts.quotaShort;
      return typeof resetsAt === 'string' ? texts.quotaUntil(quota, toMoment(resetsAt)) : quota;
    }
    case 'compaction': {
      const { tokens_before: before, tokens_after: after } = details;
      const isTold = typeof before === 'number' && typeof after === 'number';
      return isTold ? texts.compacted(formatTokens(before), formatTokens(after)) : undefined;
    }
    case 'model':
      return typeof details.model === 'string' ? texts.modelIs(details.model) : undefined;
    case 'permission_mode':
      return typeof details.mode === 'string' ? texts.modeIs(details.mode) : undefined;
    case 'info': {
      const { reason } = details;
      return isKnown(reason, texts.reasons) ? texts.reasons[reason] : undefined;
    }
    default:
      return undefined;
  }
}

const isKnown = (reason: unknown, texts: NoticeTexts): reason is NoticeReason =>
  typeof reason === 'string' && Object.hasOwn(texts, reason);

function retryWords(
  { attempt, max_retries: most, retry_delay_ms: delay }: NonNullable<Notice['details']>,
  texts: Texts['notices'],
): string | undefined {
  if (typeof attempt !== 'number') return undefined;
  if (typeof delay !== 'number') return texts.retryNow(attempt);
  const seconds = (delay / 1_000).toFixed(1);
  return typeof most === 'number' ? texts.retryOf(seconds, attempt, most) : texts.retryIn(seconds, attempt);
}
