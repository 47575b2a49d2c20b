'use client';
import { ArrowUp, ListPlus, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../lib/error-words.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = {
  sessionId: string;
  running: boolean;
  onSend: (text: string) => Promise<void>;
  onStop: () => Promise<void>;
};

/** The field to write in. What is typed is kept until the gateway has taken it. */
export function Composer({ sessionId, running, onSend, onStop }: Props) {
  const texts = useTexts();
  const { drafts } = useWebChat();
  const [text, setText] = useState(() => drafts.get(sessionId));
  const [stopping, setStopping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (!running) setStopping(false);
  }, [running]);

  const change = (next: string) => {
    setText(next);
    drafts.set(sessionId, next);
  };
  const send = () => {
    const message = text.trim();
    if (message === '') return;
    change('');
    onSend(message).catch((error: unknown) => {
      if (drafts.get(sessionId) === '') change(message);
      toast.error(texts.composer.failed, { description: toErrorWords(error, texts.errors).message });
    });
  };
  const stop = () => {
    setStopping(true);
    onStop().catch(() => {
      setStopping(false);
      toast.error(texts.composer.stopFailed);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // NOTE: Enter also ends the composition of an input method; Safari reports that one with key code 229 only.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-3xl border border-input bg-card p-2 shadow-sm focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/15"
    >
      <textarea
        ref={field}
        aria-label={texts.composer.label}
        placeholder={running ? texts.composer.placeholderRunning : texts.composer.placeholder}
        rows={1}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[40dvh] min-h-10 w-full resize-none bg-transparent px-2 py-2 text-[0.95rem] leading-normal outline-none placeholder:text-muted-foreground max-md:text-base"
      />
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto px-2 text-muted-foreground text-xs max-sm:hidden">
          {texts.composer.keys}
        </span>
        {running && (
          <Button tone="plain" className="rounded-full" disabled={stopping} onClick={stop}>
            <Square aria-hidden className="size-3 fill-current" />
            {stopping ? texts.composer.stopping : texts.composer.stop}
          </Button>
        )}
        <Button
          type="submit"
          tone="primary"
          size="icon"
          className="rounded-full"
          aria-label={running ? texts.composer.queue : texts.composer.send}
          title={running ? texts.composer.queue : texts.composer.send}
          disabled={text.trim() === ''}
        >
          {running ? <ListPlus aria-hidden /> : <ArrowUp aria-hidden />}
        </Button>
      </div>
    </form>
  );
}
