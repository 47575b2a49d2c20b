'use client';
import { FileDiff } from 'lucide-react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useOpenChanges } from './changes-context.tsx';

/** Shows and hides what the session changed, and says how many files that are. */
export function ChangesButton() {
  const texts = useTexts();
  const { isOpen, since, list, open, close } = useOpenChanges();
  if (!list) return null;
  const files = since === 'start' ? list.files.filter(({ undone }) => !undone).length : 0;
  return (
    <Button
      tone="quiet"
      size="small"
      aria-pressed={isOpen}
      aria-label={
        files > 0 ? `${texts.labelled(texts.changes.open)}${texts.changes.count(files)}` : texts.changes.open
      }
      title={texts.changes.open}
      className="h-8 px-2 tabular-nums aria-pressed:bg-accent aria-pressed:text-foreground pointer-coarse:h-9"
      onClick={() => (isOpen ? close() : open())}
    >
      <FileDiff aria-hidden />
      {files > 0 && files}
    </Button>
  );
}
