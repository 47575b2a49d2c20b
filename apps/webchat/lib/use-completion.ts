'use client';
import { type KeyboardEvent, useState } from 'react';
import { type Completion, complete, completionAt } from './completion.ts';

/** One line of the list. `word` is what comes into the prompt. */
export type CompletionItem = {
  kind: Completion['kind'];
  name: string;
  detail?: string | undefined;
  word: string;
  /** False for a folder: what is in it can be chosen next. */
  isWhole: boolean;
};

export type Completing = {
  completion: Completion | undefined;
  /** The position of the line that Enter takes. */
  active: number;
  /** The caret has moved; null when the field is left. */
  move: (caret: number | null) => void;
  choose: (item: CompletionItem) => void;
  /** Whether the key was for the list. */
  onKey: (event: KeyboardEvent, items: readonly CompletionItem[]) => boolean;
};

type Options = {
  text: string;
  /** Shows the file of a line, if it is of one. */
  show: (item: CompletionItem) => void;
  /** Puts a text into the field with the caret at this place. */
  put: (text: string, caret: number) => void;
};

/** Completes the word at the caret from a list that is driven by the keyboard of the field. */
export function useCompletion({ text, put, show }: Options): Completing {
  const [caret, setCaret] = useState<number | null>(null);
  const [position, setPosition] = useState(0);
  /** What was waved away with Escape stays away until another word is begun. */
  const [dismissed, setDismissed] = useState<Completion>();
  const found = caret === null ? undefined : completionAt(text, caret);
  const completion = found && !goesOn(dismissed, found) ? found : undefined;

  const move = (next: number | null) => {
    setCaret(next);
    setPosition(0);
    if (next === null || !completionAt(text, next)) setDismissed(undefined);
  };
  const choose = (item: CompletionItem) => {
    if (!completion) return;
    const next = complete(text, completion, item);
    put(next.text, next.caret);
    setCaret(next.caret);
    setPosition(0);
  };
  return {
    completion,
    active: position,
    move,
    choose,
    onKey: (event, items) => {
      if (!completion || items.length === 0 || event.shiftKey || event.ctrlKey || event.metaKey) return false;
      const item = items[Math.min(position, items.length - 1)];
      switch (event.key) {
        case 'ArrowDown':
          setPosition((position + 1) % items.length);
          return true;
        case 'ArrowUp':
          setPosition((position - 1 + items.length) % items.length);
          return true;
        case 'Enter':
        case 'Tab':
          if (event.altKey && item) {
            show(item);
            return true;
          }
          // What is typed out already is there to be sent.
          if (event.key === 'Enter' && item?.word === completion.typed) return false;
          if (item) choose(item);
          return true;
        case 'Escape':
          setDismissed(completion);
          return true;
        default:
          return false;
      }
    },
  };
}

function goesOn(earlier: Completion | undefined, now: Completion): boolean {
  return earlier?.from === now.from && now.typed.startsWith(earlier.typed);
}
