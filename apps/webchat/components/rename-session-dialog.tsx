'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { type SubmitEvent, useState } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { TextField } from './ui/text-field.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Gives a session another title. */
export function RenameSessionDialog({ session, onClose }: { session: SessionSummary; onClose: () => void }) {
  const texts = useTexts();
  const { sessions, archive } = useWebChat();
  const [title, setTitle] = useState(session.title ?? '');
  const [failed, setFailed] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setFailed(false);
    try {
      await (session.archived ? archive : sessions).rename(session.id, title.trim());
      onClose();
    } catch {
      setFailed(true);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={texts.sessions.rename}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={texts.sessions.newTitle}
          error={failed ? texts.sessions.renameFailed : undefined}
          maxLength={200}
          required
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" tone="primary" disabled={title.trim() === ''}>
            {texts.sessions.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
