'use client';
import { Archive } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { ToggleButton } from './ui/toggle-button.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Lists the sessions that were put away, or the others again. */
export function ArchiveToggle() {
  const texts = useTexts();
  const { showsArchive } = useWebChat();
  const isShown = useObservable(showsArchive);
  return (
    <ToggleButton
      label={texts.sessions.archived}
      pressed={isShown}
      onClick={() => showsArchive.set(!isShown)}
    >
      <Archive aria-hidden />
    </ToggleButton>
  );
}
