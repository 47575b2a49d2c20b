'use client';
import type { QueuedPrompt } from '@hotplex/ai-sdk-transport';
import { Check, Pencil, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = {
  prompt: QueuedPrompt;
  onEdit: (content: string) => Promise<void>;
  onCancel: () => Promise<void>;
};

/** One waiting message, to be read, changed in its place, or taken back. */
export function QueueRow({ prompt: { text, files }, onEdit, onCancel }: Props) {
  const texts = useTexts();
  const [edited, setEdited] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const editing = edited !== undefined;
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);

  const leave = () => {
    setEdited(undefined);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const save = () => {
    const content = edited?.trim() ?? '';
    if (content !== '' && content !== text) {
      onEdit(content).catch(() => toast.error(texts.queue.editFailed));
    }
    leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    save();
  };

  if (editing) {
    return (
      <li className="flex items-end gap-1 rounded-md pl-1.5">
        <textarea
          ref={field}
          aria-label={texts.queue.edited}
          rows={1}
          value={edited}
          onChange={(event) => setEdited(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-28 min-h-7 min-w-0 flex-1 resize-none rounded-md border border-input bg-card px-2 py-1 text-sm focus-visible:outline-offset-[-2px] max-md:text-base"
        />
        <Button tone="quiet" size="iconSmall" aria-label={texts.queue.save} onClick={save}>
          <Check aria-hidden />
        </Button>
        <Button tone="quiet" size="iconSmall" aria-label={texts.cancel} onClick={leave}>
          <X aria-hidden />
        </Button>
      </li>
    );
  }
  return (
    <li className="flex items-center gap-1 rounded-md pl-1.5 text-sm">
      <span className="min-w-0 flex-1 truncate">{text || files.join(', ')}</span>
      <Button
        ref={pencil}
        tone="quiet"
        size="iconSmall"
        aria-label={texts.queue.edit}
        onClick={() => setEdited(text)}
      >
        <Pencil aria-hidden className="size-3.5" />
      </Button>
      <Button
        tone="quiet"
        size="iconSmall"
        aria-label={texts.queue.remove}
        onClick={() => void onCancel().catch(() => toast.error(texts.queue.removeFailed))}
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}
