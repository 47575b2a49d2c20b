'use client';
import { FolderTree } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { Button } from './ui/button.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Groups the list of sessions by work directory, or does not. */
export function GroupToggle() {
  const texts = useTexts();
  const { grouping } = useWebChat();
  const grouped = useObservable(grouping.state);
  return (
    <Button
      tone="quiet"
      size="icon"
      className="h-8.5 aria-pressed:bg-primary aria-pressed:text-primary-foreground aria-pressed:enabled:hover:bg-primary-hover aria-pressed:enabled:hover:text-primary-foreground"
      aria-pressed={grouped}
      aria-label={texts.sessions.group}
      title={texts.sessions.group}
      onClick={grouping.toggle}
    >
      <FolderTree aria-hidden />
    </Button>
  );
}
