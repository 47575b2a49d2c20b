'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';

type Props = { session: SessionSummary; onClose: () => void; onConfirm: () => void };

/** Asks before a session and its history go. */
export function DeleteSessionDialog({ session, onClose, onConfirm }: Props) {
  const texts = useTexts();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={texts.sessions.removeTitle}
      description={texts.sessions.removeExplain(session.title ?? texts.sessions.untitled)}
    >
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button tone="danger" onClick={onConfirm}>
          {texts.sessions.remove}
        </Button>
      </div>
    </Dialog>
  );
}
