'use client';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type Props = {
  title: string;
  words: readonly string[];
  action: string;
  /** Whether it was changed since it was looked at. */
  isOther: boolean;
  onClose: () => void;
  onConfirm: () => Promise<void>;
};

/** Asks before files go back. */
export function RevertDialog({ title, words, action, isOther, onClose, onConfirm }: Props) {
  const texts = useTexts();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await onConfirm();
    setBusy(false);
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={words.join(' ')}>
      {isOther && (
        <p role="alert" className="pb-3 text-sm text-warning">
          {texts.changes.changedMeanwhile}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button tone="danger" busy={busy} onClick={() => void confirm()}>
          {isOther ? texts.changes.anyway : action}
        </Button>
      </div>
    </Dialog>
  );
}
