'use client';
import type { ReactNode } from 'react';
import { startAnew } from '../lib/start-anew.ts';
import { useObservable } from '../lib/use-observable.ts';
import { SignInPage } from './sign-in-page.tsx';
import { SplashPage } from './splash-page.tsx';
import { UnreachablePage } from './unreachable-page.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Shows its children to a signed-in user, and to everybody else what to do. The lock itself is in the gateway (X1). */
export function AuthenticationGate({ children }: { children: ReactNode }) {
  const { authentication } = useWebChat();
  const state = useObservable(authentication.state);
  switch (state.status) {
    case 'checking':
      return <SplashPage />;
    case 'unreachable':
      return <UnreachablePage onRetry={() => void startAnew(() => authentication.start(undefined))} />;
    case 'signed-out':
      return (
        <SignInPage
          reason={state.reason}
          findProvider={authentication.provider}
          onKey={authentication.useApiKey}
        />
      );
    case 'signed-in':
      return children;
  }
}
