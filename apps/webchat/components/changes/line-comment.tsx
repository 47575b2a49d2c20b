'use client';
import { type KeyboardEvent, useState } from 'react';
import { toast } from 'sonner';
import { type LineReference, toReference } from '../../lib/line-reference.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';

type Props = { place: Omit<LineReference, 'comment'>; onClose: () => void };

/** What is said about a line; it goes into the message to the agent, which is sent when the person sends it. */
export function LineComment({ place, onClose }: Props) {
  const texts = useTexts();
  const { drafts } = useWebChat();
  const { sessionId } = useOpenChanges();
  const [comment, setComment] = useState('');
  const add = () => {
    if (comment.trim() === '') return;
    drafts.append(sessionId, toReference({ ...place, comment }));
    toast.success(texts.changes.commentAdded);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    // Only this is closed, not what it stands in.
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add();
  };
  return (
    <div className="sticky left-0 flex max-w-[min(36rem,100cqw)] flex-col gap-2 border-y bg-card p-2.5 font-sans">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: whoever pressed the line's number wants to write here
        autoFocus
        aria-label={texts.changes.commentLabel(place.line)}
        placeholder={texts.changes.commentLabel(place.line)}
        rows={2}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-40 w-full resize-none rounded-md border border-input bg-background px-2 py-1.5 text-sm max-md:text-base"
      />
      <div className="flex justify-end gap-2">
        <Button size="small" tone="quiet" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button size="small" tone="primary" disabled={comment.trim() === ''} onClick={add}>
          {texts.changes.commentAdd}
        </Button>
      </div>
    </div>
  );
}
