'use client';
import { filesOfTurn } from '../../lib/changes.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useChanges } from './changes-context.tsx';

/** How many files a turn changed; leads to them. */
export function TurnFiles({ turnId }: { turnId: string }) {
  const texts = useTexts();
  const changes = useChanges();
  const files = filesOfTurn(changes?.list, turnId);
  if (!changes || !files) return null;
  return (
    <button
      type="button"
      className="cursor-pointer rounded-sm px-1 py-0.5 text-foreground underline decoration-muted-foreground/50 underline-offset-3 hover:decoration-current pointer-coarse:py-2"
      onClick={() => changes.open(turnId)}
    >
      {texts.changes.count(files)}
    </button>
  );
}
