'use client';
import { useEffect, useRef, useState } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import { createPromptHistory, type PromptHistory } from './prompt-history.ts';

export type Draft = {
  text: string;
  /** Changes it by hand. */
  change: (text: string) => void;
  /** Takes the draft out of the field; the function puts it back unless something else has been typed. */
  take: () => { message: string; putBack: () => void };
  /** Shows an earlier or a later prompt; false when there is none. */
  walk: (direction: 'earlier' | 'later', prompts: readonly string[]) => boolean;
  isWalking: () => boolean;
};

/** What is typed for a session but not sent: kept over reloads and visits to other sessions, with the prompts before it at hand. */
export function useDraft(sessionId: string): Draft {
  const { drafts } = useWebChat();
  const [text, setText] = useState(() => drafts.get(sessionId));
  useEffect(() => drafts.onAppend(sessionId, setText), [drafts, sessionId]);
  const history = useRef<PromptHistory>(null);
  history.current ??= createPromptHistory();
  const { earlier, later, leave, isWalking } = history.current;

  const put = (next: string) => {
    setText(next);
    drafts.set(sessionId, next);
  };
  const change = (next: string) => {
    leave();
    put(next);
  };
  return {
    text,
    change,
    isWalking,
    take: () => {
      change('');
      return {
        message: text.trim(),
        putBack: () => {
          if (drafts.get(sessionId) === '') change(text);
        },
      };
    },
    walk: (direction, prompts) => {
      const found = direction === 'earlier' ? earlier(text, prompts) : later();
      if (found === undefined) return false;
      put(found);
      return true;
    },
  };
}
