'use client';
import { useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type Props = {
  title: string;
  explain: string;
  action: string;
  /** What is said once it is done. */
  done: string;
  run: () => Promise<void>;
  onClose: () => void;
  onDone: () => void;
};

/** Asks before something is done to what belongs to others. */
export function ConfirmDialog({ title, explain, action, done, run, onClose, onDone }: Props) {
  const texts = useTexts();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await run();
      toast.success(done);
      onClose();
      onDone();
    } catch (error) {
      const { message, detail } = toErrorWords(error, texts.errors);
      toast.error(message, detail === undefined ? {} : { description: detail });
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={explain}>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button tone="danger" busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
