'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { Dialog } from 'radix-ui';
import { lazy, Suspense, useMemo } from 'react';
import { promptText } from '../../lib/prompt-text.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useMedia } from '../../lib/use-media.ts';
import { useGiveBackFocus } from '../ui/focus-trail-context.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useOpenChanges } from './changes-context.tsx';

/** Most conversations are held without it: its code comes when it is opened. */
const ChangesView = lazy(async () => ({ default: (await import('./changes-view.tsx')).ChangesView }));

const FileView = lazy(async () => ({ default: (await import('../files/file-view.tsx')).FileView }));

type Props = { messages: readonly AepUIMessage[] };

/** What the session changed, or a file: beside the conversation, on narrow screens over it. */
export function ChangesPanel({ messages }: Props) {
  const texts = useTexts();
  const giveBackFocus = useGiveBackFocus();
  const { isOpen, file, close } = useOpenChanges();
  const title = file ? texts.files.title : texts.changes.title;
  const isWide = useMedia('(min-width: 64rem)');
  // A prompt never changes, and words come often.
  const prompts = useMemo(() => promptsOf(messages), [messages.length]);
  if (!isOpen) return null;
  const view = (
    <Suspense fallback={<Skeleton className="m-4 h-24" />}>
      {file ? <FileView file={file} /> : <ChangesView prompts={prompts} />}
    </Suspense>
  );
  if (isWide)
    return (
      <aside aria-label={title} className="flex w-[clamp(24rem,48%,56rem)] shrink-0 border-l bg-sidebar">
        {view}
      </aside>
    );
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBackFocus}
          className="fixed top-(--visible-top) right-0 z-30 flex h-(--visible-height) w-full border-l bg-sidebar shadow-xl outline-none sm:w-[min(40rem,92vw)]"
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          {view}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What was asked for in each turn, by its id. */
function promptsOf(messages: readonly AepUIMessage[]): Map<string, string> {
  const prompts = new Map<string, string>();
  let asked = '';
  for (const message of messages) {
    if (message.role === 'user') asked = promptText(message);
    else prompts.set(message.id, asked);
  }
  return prompts;
}
