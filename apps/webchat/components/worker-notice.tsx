'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { useTexts } from '../lib/texts/use-texts.ts';
import { NoticeLine } from './notice-line.tsx';

const warnings = ['retry', 'rate_limit'];

/** What the agent's runtime tells while the user waits. */
export function WorkerNotice({ notice }: { notice: ServerData<'worker.notice'> }) {
  const texts = useTexts();
  if (notice.message === 'context_lost') {
    return <NoticeLine tone="warning">{texts.conversation.contextLost}</NoticeLine>;
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
