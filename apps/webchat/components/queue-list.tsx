'use client';
import type { QueuedPrompt } from '@hotplex/ai-sdk-transport';
import { Clock } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { QueueRow } from './queue-row.tsx';

type Props = {
  queue: readonly QueuedPrompt[];
  onEdit: (inputId: string, content: string) => Promise<void>;
  onCancel: (inputId: string) => Promise<void>;
};

/** The messages that wait for the running turn; each can be changed and taken back. */
export function QueueList({ queue, onEdit, onCancel }: Props) {
  const texts = useTexts();
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
      <ol className="flex max-h-40 flex-col overflow-y-auto">
        {queue.map((prompt) => (
          <QueueRow
            key={prompt.inputId}
            prompt={prompt}
            onEdit={(content) => onEdit(prompt.inputId, content)}
            onCancel={() => onCancel(prompt.inputId)}
          />
        ))}
      </ol>
    </section>
  );
}
