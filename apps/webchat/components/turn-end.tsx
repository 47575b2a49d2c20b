'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { useTexts } from '../lib/texts/use-texts.ts';
import { BranchButton } from './branch/branch-button.tsx';
import { TurnFiles } from './changes/turn-files.tsx';
import { CopyAnswer } from './copy-answer.tsx';
import { ErrorCard } from './error-card.tsx';
import { NoticeLine } from './notice-line.tsx';
import { TurnFigures } from './turn-figures.tsx';

type Props = {
  turnId: string;
  metadata: NonNullable<AepUIMessage['metadata']>;
  parts: AepUIMessage['parts'];
  errorShown: boolean;
};

/** How a turn ended: its error, that it was stopped, and its figures. */
export function TurnEnd({ turnId, metadata, parts, errorShown }: Props) {
  const texts = useTexts();
  const { success, error, stats } = metadata;
  const failed = success === false;
  return (
    <>
      {failed && error && !errorShown && <ErrorCard error={error} />}
      {failed && !error && !errorShown && <NoticeLine>{texts.conversation.interrupted}</NoticeLine>}
      <footer className="flex items-center gap-1.5 text-muted-foreground text-xs tabular-nums">
        <CopyAnswer parts={parts} />
        <BranchButton turnId={turnId} />
        {stats && <TurnFigures stats={stats} />}
        <TurnFiles turnId={turnId} />
      </footer>
    </>
  );
}
