'use client';
import type { UploadedFile } from '@hotplex/client-sdk';
import { ArrowUp, ListPlus, Square } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { Conversation, Delivery } from '../lib/conversation.ts';
import { toErrorWords } from '../lib/error-words.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useDraft } from '../lib/use-draft.ts';
import { useGivenFiles } from '../lib/use-given-files.ts';
import { useObservable } from '../lib/use-observable.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { DeliveryMenu } from './delivery-menu.tsx';
import { PromptField } from './prompt-field.tsx';
import { Button } from './ui/button.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = {
  conversation: Conversation;
  running: boolean;
  /** How a message can reach the agent while a turn runs. */
  deliveries: readonly Delivery[];
  /** What was sent before, oldest first. */
  prompts: () => readonly string[];
  onSend: (text: string, delivery: Delivery, files: readonly UploadedFile[]) => Promise<void>;
};

/**
 * The field to write in. What is typed is kept until the gateway has taken it. It is drawn anew for a key, and not for the
 * words of the agent.
 */
export const Composer = memo(function Composer(props: Props) {
  const { conversation, running, deliveries, prompts, onSend } = props;
  const texts = useTexts();
  const { id: sessionId } = conversation;
  const draft = useDraft(sessionId);
  const [stopping, setStopping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { attachments } = useWebChat();
  const attached = useObservable(attachments.of(sessionId));
  const give = (files: readonly File[]) => attachments.add(sessionId, files);
  const { over, onPaste, dropTarget } = useGivenFiles(give);
  // What is still on its way would be left behind.
  const isUploading = attached.some(({ state }) => state === 'uploading');
  const hasFiles = attached.some(({ state }) => state === 'ready');
  const isEmpty = isUploading || (draft.text.trim() === '' && !hasFiles);
  const canSteer = running && deliveries.includes('steer');
  useEffect(() => {
    // Who has a menu open while a conversation is still loading would lose it with the keyboard.
    const hasMenu = document.querySelector('[role=menu]') !== null;
    if (!hasMenu && matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (!running) setStopping(false);
  }, [running]);

  const send = (delivery: Delivery = 'queue') => {
    if (isEmpty) return;
    const { message, putBack } = draft.take();
    const taken = attachments.take(sessionId);
    onSend(message, delivery, taken.files).catch((error: unknown) => {
      putBack();
      taken.putBack();
      toast.error(texts.composer.failed, { description: toErrorWords(error, texts.errors).message });
    });
  };
  const stop = () => {
    setStopping(true);
    conversation.interrupt().catch(() => {
      setStopping(false);
      toast.error(texts.composer.stopFailed);
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      {...dropTarget}
      data-over={over || undefined}
      className="relative rounded-3xl border border-input bg-card p-2 shadow-sm focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/15 data-over:border-ring data-over:border-dashed data-over:bg-accent"
    >
      <AttachmentList attachments={attached} onRemove={(key) => attachments.remove(sessionId, key)} />
      <PromptField
        field={field}
        conversation={conversation}
        draft={draft}
        running={running}
        canSteer={canSteer}
        prompts={prompts}
        onSend={send}
        onPaste={onPaste}
      />
      <div className="flex items-center justify-end gap-2">
        <AttachButton onFiles={give} />
        <span className="mr-auto truncate text-muted-foreground text-xs max-sm:invisible">
          {over ? texts.attachments.drop : canSteer ? texts.composer.keysRunning : texts.composer.keys}
        </span>
        {running && (
          <Button tone="plain" className="rounded-full" disabled={stopping} onClick={stop}>
            <Square aria-hidden className="size-3 fill-current" />
            {stopping ? texts.composer.stopping : texts.composer.stop}
          </Button>
        )}
        {running && deliveries.length > 1 && (
          <DeliveryMenu
            deliveries={deliveries}
            disabled={isEmpty}
            onChoose={(delivery) => {
              send(delivery);
              field.current?.focus();
            }}
          />
        )}
        <Button
          type="submit"
          tone="primary"
          size="icon"
          className="rounded-full"
          aria-label={running ? texts.composer.queue : texts.composer.send}
          title={running ? texts.composer.queue : texts.composer.send}
          disabled={isEmpty}
        >
          {running ? <ListPlus aria-hidden /> : <ArrowUp aria-hidden />}
        </Button>
      </div>
    </form>
  );
});
