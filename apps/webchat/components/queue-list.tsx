'use client';
import { Clock, X } from 'lucide-react';
import { toast } from 'sonner';
import type { QueuedInput } from '../lib/input-queue.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = { queue: readonly QueuedInput[]; onCancel: (inputId: string) => Promise<void> };

/** The messages that wait for the running turn; each can be taken back. */
export function QueueList({ queue, onCancel }: Props) {
  const texts = useTexts();
  const cancel = (id: string) => onCancel(id).catch(() => toast.error(texts.queue.removeFailed));
  return (
    <section
      aria-label={texts.queue.title(queue.length)}
      className="mb-2 rounded-lg border bg-muted/60 p-1.5"
      data-testid="queue"
    >
      <h2 className="flex items-center gap-1.5 px-1.5 pb-1 text-muted-foreground text-xs">
        <Clock aria-hidden className="size-3.5" />
        {texts.queue.title(queue.length)}
      </h2>
      <ol className="flex max-h-32 flex-col overflow-y-auto">
        {queue.map(({ id, content }) => (
          <li key={id} className="flex items-center gap-2 rounded-md pl-1.5 text-sm">
            <span className="min-w-0 flex-1 truncate">{content}</span>
            <Button
              tone="quiet"
              size="iconSmall"
              aria-label={texts.queue.remove}
              onClick={() => void cancel(id)}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
