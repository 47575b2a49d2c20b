'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { NoticeLine } from './notice-line.tsx';

const warnings = ['retry', 'rate_limit'];
const timeOfDay = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** What the agent's runtime tells while the user waits. */
export function WorkerNotice({ notice }: { notice: ServerData<'worker.notice'> }) {
  const texts = useTexts();
  const language = useLanguage();
  if (notice.message === 'context_lost') {
    return <NoticeLine tone="warning">{texts.conversation.contextLost}</NoticeLine>;
  }
  const { goes_on: goesOn, resets_at: resetsAt } = notice.details ?? {};
  if (goesOn === true && typeof resetsAt === 'string') {
    return (
      <NoticeLine tone="warning" label={texts.notices.rate_limit}>
        {texts.notices.quotaWait(new Date(resetsAt).toLocaleString(language, timeOfDay))}
      </NoticeLine>
    );
  }
  const count = notice.kind === 'background' ? notice.details?.count : undefined;
  if (typeof count === 'number') return <NoticeLine>{texts.notices.backgroundTasks(count)}</NoticeLine>;
  return (
    <NoticeLine
      tone={warnings.includes(notice.kind) ? 'warning' : 'plain'}
      label={texts.notices[notice.kind]}
    >
      {notice.message}
    </NoticeLine>
  );
}
