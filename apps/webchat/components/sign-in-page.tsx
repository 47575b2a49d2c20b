'use client';
import { type SubmitEvent, useEffect, useState } from 'react';
import type { SignedOutReason } from '../lib/authentication.ts';
import type { Texts } from '../lib/texts/en.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { CodeWords } from './ui/code-words.tsx';
import { Disclosure } from './ui/disclosure.tsx';
import { FullPage } from './ui/full-page.tsx';
import { TextField } from './ui/text-field.tsx';

type Props = {
  reason: SignedOutReason;
  /** Stays the same function from render to render. */
  findProvider: () => Promise<string | undefined>;
  onKey: (key: string) => Promise<void>;
};

/** The gateway sends the browser on to its provider, and takes it back. */
const providerPath = '/api/auth/oidc/start';

/** How to get in: an account of the gateway's provider, the gateway's link, or an API key for this tab. */
export function SignInPage({ reason, findProvider, onKey }: Props) {
  const texts = useTexts();
  const [key, setKey] = useState('');
  const [showsKey, setShowsKey] = useState(reason === 'key-refused');
  const [failed, setFailed] = useState(false);
  const [provider, setProvider] = useState<string>();
  useEffect(() => void findProvider().then(setProvider, () => undefined), [findProvider]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFailed(false);
    onKey(key.trim()).catch(() => setFailed(true));
  };
  const keyError = failed
    ? texts.errors.network
    : reason === 'key-refused'
      ? texts.signIn.keyRefused
      : undefined;
  const notice = noticeOf(reason, texts.signIn);
  return (
    <FullPage title={texts.signIn.title}>
      {notice !== undefined && (
        <p
          role="alert"
          className="rounded-lg border border-warning/40 bg-warning-surface px-3.5 py-2.5 text-sm"
        >
          {notice}
        </p>
      )}
      {provider !== undefined && (
        <Button tone="primary" className="self-start" onClick={() => location.assign(providerPath)}>
          {texts.signIn.withProvider(provider)}
        </Button>
      )}
      <p>{provider === undefined ? texts.signIn.byLink : texts.signIn.orByLink}</p>
      <p className="text-muted-foreground">
        <CodeWords text={texts.signIn.newLink} />
      </p>
      <Disclosure
        open={showsKey}
        onOpenChange={setShowsKey}
        className="rounded-lg border bg-card px-3.5"
        summary={<span className="py-2.5 font-medium text-sm">{texts.signIn.byKey}</span>}
      >
        <form onSubmit={submit} className="flex flex-col gap-3 pt-1 pb-3.5">
          <TextField
            label={texts.signIn.key}
            hint={texts.signIn.keyHint}
            error={keyError}
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
          <Button type="submit" disabled={key.trim() === ''} className="self-start">
            {texts.signIn.useKey}
          </Button>
        </form>
      </Disclosure>
    </FullPage>
  );
}

function noticeOf(reason: SignedOutReason, texts: Texts['signIn']): string | undefined {
  switch (reason) {
    case 'code-refused':
      return texts.codeRefused;
    case 'expired':
      return texts.expired;
    case 'signed-out':
      return texts.signedOut;
    case 'account-refused':
      return texts.accountRefused;
    case 'provider-refused':
      return texts.providerRefused;
    case 'key-refused':
    case 'none':
      return undefined;
  }
}
