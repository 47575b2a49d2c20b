'use client';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import type { Conversation, Delivery } from '../lib/conversation.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { type CompletionItem, useCompletion } from '../lib/use-completion.ts';
import { useCompletionItems } from '../lib/use-completion-items.ts';
import type { Draft } from '../lib/use-draft.ts';
import { useChanges } from './changes/changes-context.tsx';
import { CompletionList, optionId } from './completion-list.tsx';

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  conversation: Conversation;
  draft: Draft;
  running: boolean;
  canSteer: boolean;
  /** What was sent before, oldest first. */
  prompts: () => readonly string[];
  onSend: (delivery: Delivery) => void;
  onPaste: (event: ClipboardEvent) => void;
};

/** Where a prompt is written: Enter sends, the arrows walk through earlier ones, `/` and `@` open a list. */
export function PromptField(props: Props) {
  const { field, conversation, draft, running, canSteer, prompts, onSend, onPaste } = props;
  const texts = useTexts();
  const id = useId();
  const caretNext = useRef<number>(null);
  const changes = useChanges();
  const show = ({ kind, word, isWhole }: CompletionItem) => {
    if (kind === 'path' && isWhole) changes?.openFile(word);
  };
  const completing = useCompletion({
    text: draft.text,
    show,
    put: (text, caret) => {
      caretNext.current = caret;
      draft.change(text);
      field.current?.focus();
    },
  });
  const items = useCompletionItems(conversation, completing.completion);
  const isOpen = completing.completion !== undefined && items.length > 0;
  const active = Math.min(completing.active, items.length - 1);
  useLayoutEffect(() => {
    if (caretNext.current === null) return;
    field.current?.setSelectionRange(caretNext.current, caretNext.current);
    caretNext.current = null;
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // NOTE: Enter also ends the composition of an input method; Safari reports that one with key code 229 only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (completing.onKey(event, items)) {
      event.preventDefault();
      return;
    }
    const withControl = event.ctrlKey || event.metaKey;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onSend(withControl && canSteer ? 'steer' : 'queue');
    } else if (event.key === 'ArrowUp' && (atStart || draft.isWalking())) {
      if (draft.walk('earlier', prompts())) event.preventDefault();
    } else if (event.key === 'ArrowDown' && draft.isWalking()) {
      if (draft.walk('later', prompts())) event.preventDefault();
    }
  };
  return (
    <>
      {isOpen && (
        <CompletionList
          id={id}
          label={texts.completion[completing.completion?.kind ?? 'command']}
          items={items}
          active={active}
          hint={completing.completion?.kind === 'path' ? texts.completion.hint : undefined}
          onChoose={completing.choose}
          onShow={show}
        />
      )}
      <textarea
        ref={field}
        dir="auto"
        aria-label={texts.composer.label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(isOpen ? { 'aria-controls': id, 'aria-activedescendant': optionId(id, active) } : {})}
        placeholder={running ? texts.composer.placeholderRunning : texts.composer.placeholder}
        rows={1}
        value={draft.text}
        onChange={(event) => {
          draft.change(event.target.value);
          completing.move(event.target.selectionStart);
        }}
        onSelect={({ currentTarget }) =>
          // What walks through earlier prompts wants the arrows for itself.
          completing.move(draft.isWalking() ? null : currentTarget.selectionStart)
        }
        onBlur={() => completing.move(null)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="field-sizing-content max-h-[calc(var(--visible-height)*0.4)] min-h-10 w-full resize-none bg-transparent px-2 py-2 text-[0.95rem] leading-normal outline-none placeholder:text-muted-foreground max-md:text-base"
      />
    </>
  );
}
