'use client';
import { SharesApi } from '@hotplex/client-sdk';
import { useCallback, useEffect, useState } from 'react';
import { hasEnded, readShared, type SharedConversation } from '../../lib/shared-conversation.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { SplashPage } from '../splash-page.tsx';
import { FullPage } from '../ui/full-page.tsx';
import { UnreachablePage } from '../unreachable-page.tsx';
import type { SharedView } from './shared-view.tsx';

type Reading =
  | { status: 'loading' | 'ended' | 'unreachable' }
  | { status: 'open'; conversation: SharedConversation; View: typeof SharedView };

/** What a link shows to whoever has it, signed in or not: it is asked for with the link's own token and nothing else. */
export function SharedPage() {
  const texts = useTexts();
  const [reading, setReading] = useState<Reading>({ status: 'loading' });
  const read = useCallback(async () => {
    const api = new SharesApi({ url: location.origin });
    try {
      const [conversation, { SharedView: View }] = await Promise.all([
        readShared(api, location.hash.slice(1)),
        import('./shared-view.tsx'),
      ]);
      setReading({ status: 'open', conversation, View });
    } catch (error) {
      setReading({ status: hasEnded(error) ? 'ended' : 'unreachable' });
    }
  }, []);
  useEffect(() => {
    const onFragment = () => void read();
    onFragment();
    // Another link pasted into this tab changes the fragment and loads nothing.
    addEventListener('hashchange', onFragment);
    return () => removeEventListener('hashchange', onFragment);
  }, [read]);

  switch (reading.status) {
    case 'loading':
      return <SplashPage />;
    case 'unreachable':
      return <UnreachablePage onRetry={() => void read()} />;
    case 'ended':
      return (
        <FullPage title={texts.shared.ended}>
          <p className="text-muted-foreground">{texts.shared.endedExplain}</p>
        </FullPage>
      );
    case 'open':
      return <reading.View conversation={reading.conversation} onRefresh={read} />;
  }
}
