'use client';
import { FolderTree } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { ToggleButton } from './ui/toggle-button.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Groups the list of sessions by work directory, or does not. */
export function GroupToggle() {
  const texts = useTexts();
  const { grouping } = useWebChat();
  const grouped = useObservable(grouping.state);
  return (
    <ToggleButton label={texts.sessions.group} pressed={grouped} onClick={grouping.toggle}>
      <FolderTree aria-hidden />
    </ToggleButton>
  );
}
