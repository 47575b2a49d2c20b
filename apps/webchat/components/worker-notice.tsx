'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { noticeWords } from '../lib/notice-words.ts';
import { useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { NoticeLine } from './notice-line.tsx';

const warnings = ['retry', 'rate_limit'];
const timeOfDay = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;

/**
 * What the agent's runtime tells while the user waits. The gateway speaks English: in another language the page says what
 * it can by itself, and shows the words beside it.
 */
export function WorkerNotice({ notice }: { notice: ServerData<'worker.notice'> }) {
  const texts = useTexts();
  const language = useLanguage();
  if (notice.message === 'context_lost') {
    return <NoticeLine tone="warning">{texts.conversation.contextLost}</NoticeLine>;
  }
  const toMoment = (time: string) => new Date(time).toLocaleString(language, timeOfDay);
  const { goes_on: goesOn, resets_at: resetsAt } = notice.details ?? {};
  if (goesOn === true && typeof resetsAt === 'string') {
    return (
      <NoticeLine tone="warning" label={texts.notices.rate_limit}>
        {texts.notices.quotaWait(toMoment(resetsAt))}
      </NoticeLine>
    );
  }
  const count = notice.kind === 'background' ? notice.details?.count : undefined;
  if (typeof count === 'number') return <NoticeLine>{texts.notices.backgroundTasks(count)}</NoticeLine>;
  const words = language === 'en' ? undefined : noticeWords(notice, texts.notices, toMoment);
  return (
    <NoticeLine
      tone={warnings.includes(notice.kind) ? 'warning' : 'plain'}
      label={texts.notices[notice.kind]}
    >
      {words ?? notice.message}
      {words !== undefined && <span className="block text-muted-foreground text-xs">{notice.message}</span>}
    </NoticeLine>
  );
}
