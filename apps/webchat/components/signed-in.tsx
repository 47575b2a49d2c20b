'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { startServiceWorker } from '../lib/service-worker.ts';
import { takeRefusal, takeSignInCode } from '../lib/take-sign-in-code.ts';
import { getWebChat, type WebChat } from '../lib/web-chat.ts';
import { AuthenticationGate } from './authentication-gate.tsx';
import { SplashPage } from './splash-page.tsx';
import { WebChatProvider } from './web-chat-context.tsx';

/** A page for who is signed in: it becomes alive in the browser, where it takes the sign-in code out of the address first. */
export function SignedIn({ children }: { children: ReactNode }) {
  const [webChat, setWebChat] = useState<WebChat>();
  useEffect(() => {
    const opened = getWebChat();
    setWebChat(opened);
    void startServiceWorker();
    void opened.authentication.start(takeSignInCode(window), takeRefusal(window));
    // A link pasted into a tab that is already open changes the fragment and loads nothing.
    const onFragment = () => {
      const code = takeSignInCode(window);
      if (code !== undefined) void opened.authentication.start(code);
    };
    addEventListener('hashchange', onFragment);
    return () => removeEventListener('hashchange', onFragment);
  }, []);
  if (!webChat) return <SplashPage />;
  return (
    <WebChatProvider value={webChat}>
      <AuthenticationGate>{children}</AuthenticationGate>
    </WebChatProvider>
  );
}
