'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Conversation } from '../lib/conversation.ts';

/** What a card needs of its conversation: whose it is, and to answer. */
export type Answering = Pick<
  Conversation,
  'id' | 'answerPermission' | 'answerQuestion' | 'answerElicitation'
>;

const Context = createContext<Answering | undefined>(undefined);

export function AnsweringProvider({ value, children }: { value: Answering; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** Answers to what the agent asks. */
export function useAnswering(): Answering {
  const answering = useContext(Context);
  if (!answering) throw new Error('useAnswering belongs inside an AnsweringProvider');
  return answering;
}
