'use client';
import { Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { useChanges } from './changes-context.tsx';

/** Files went back: takes them forth again, for as long as the gateway can. */
export function UndoLine() {
  const texts = useTexts();
  const { changedFiles } = useWebChat();
  const changes = useChanges();
  const [isBusy, setIsBusy] = useState(false);
  if (!changes?.undo) return null;
  const { sessionId, offerUndo, refresh } = changes;
  const { to, seen, path, words } = changes.undo;
  const undo = async () => {
    setIsBusy(true);
    try {
      await changedFiles.revert(sessionId, { to, seen, ...(path === undefined ? {} : { path }) });
      toast.success(texts.changes.undoneAgain);
    } catch (error) {
      toast.error(texts.changes.revertFailed, { description: toErrorWords(error, texts.errors).message });
    }
    offerUndo(undefined);
    setIsBusy(false);
    await refresh();
  };
  return (
    <div
      data-testid="undo-line"
      className="mb-2 flex items-center gap-2 rounded-lg border bg-card py-1 pr-1 pl-3 text-sm"
    >
      <span className="min-w-0 flex-1">{words}</span>
      <Button size="small" busy={isBusy} onClick={() => void undo()}>
        <Undo2 aria-hidden />
        {texts.changes.undo}
      </Button>
      <Button
        tone="quiet"
        size="iconSmall"
        aria-label={texts.changes.keep}
        onClick={() => offerUndo(undefined)}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}
