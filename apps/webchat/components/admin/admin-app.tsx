'use client';
import { useEffect, useMemo, useState } from 'react';
import { createAdminApi } from '../../lib/admin/admin-api.ts';
import type { IdentityReport } from '../../lib/admin/reports.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { SignedIn } from '../signed-in.tsx';
import { SplashPage } from '../splash-page.tsx';
import { UnreachablePage } from '../unreachable-page.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { AdminContext } from './admin-context.tsx';
import { AdminPage } from './admin-page.tsx';
import { NotAllowedPage } from './not-allowed-page.tsx';

/** The pages of operators, for a signed-in user whom the configuration names. */
export function AdminApp() {
  return (
    <SignedIn>
      <Admitted />
    </SignedIn>
  );
}

/** Asks the gateway who this is to it. The lock itself is in the gateway: whoever sees a page here has still to be let in there. */
function Admitted() {
  const texts = useTexts();
  const { authentication } = useWebChat();
  const [identity, setIdentity] = useState<IdentityReport | 'unknown'>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    authentication.fetch('/api/auth/identity').then(
      async (response) => setIdentity(response.ok ? await response.json() : 'unknown'),
      () => setIdentity('unknown'),
    );
    // NOTE: `attempt` is no part of the question; it asks the same once more.
  }, [authentication, attempt]);
  const api = useMemo(() => createAdminApi(authentication), [authentication]);
  useEffect(() => {
    document.title = `${texts.settings.admin} · ${texts.appName}`;
  }, [texts]);
  if (identity === undefined) return <SplashPage />;
  if (identity === 'unknown') return <UnreachablePage onRetry={() => setAttempt(attempt + 1)} />;
  if (identity.scopes.length === 0)
    return <NotAllowedPage subject={identity.subject} isByKey={authentication.isByKey()} />;
  return (
    <AdminContext value={{ api, scopes: identity.scopes }}>
      <AdminPage />
    </AdminContext>
  );
}
