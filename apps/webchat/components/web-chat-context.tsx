'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { WebChat } from '../lib/web-chat.ts';

const Context = createContext<WebChat | undefined>(undefined);

export function WebChatProvider({ value, children }: { value: WebChat; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** The page's sessions, conversations and identity. */
export function useWebChat(): WebChat {
  const webChat = useContext(Context);
  if (!webChat) throw new Error('useWebChat belongs inside a WebChatProvider');
  return webChat;
}
