'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { useTexts } from '../lib/texts/use-texts.ts';
import { ErrorCard } from './error-card.tsx';
import { NoticeLine } from './notice-line.tsx';
import { TurnFooter } from './turn-footer.tsx';

type Props = { metadata: NonNullable<AepUIMessage['metadata']>; errorShown: boolean };

/** How a turn ended: its error, that it was stopped, and its figures. */
export function TurnEnd({ metadata, errorShown }: Props) {
  const texts = useTexts();
  const { success, error, stats } = metadata;
  const failed = success === false;
  return (
    <>
      {failed && error && !errorShown && <ErrorCard error={error} />}
      {failed && !error && !errorShown && <NoticeLine>{texts.conversation.interrupted}</NoticeLine>}
      {stats && <TurnFooter stats={stats} />}
    </>
  );
}
