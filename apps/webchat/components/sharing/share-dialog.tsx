'use client';
import type { LeftOut, SessionSummary, ShareLink, ShareOptions } from '@hotplex/client-sdk';
import { type SubmitEvent, useEffect, useState } from 'react';
import { toErrorWords } from '../../lib/error-words.ts';
import { sharedUrl } from '../../lib/shared-url.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { NewLink } from './new-link.tsx';
import { ShareLinks } from './share-links.tsx';

type Lifetime = ShareOptions['lifetime'];

const lifetimes = ['1h', '1d', '7d', '30d'] as const;
const kinds = ['tool_outputs', 'files', 'paths'] as const;

/** Makes a link with which anybody can read this session for a while, and shows those there are. */
export function ShareDialog({ session, onClose }: { session: SessionSummary; onClose: () => void }) {
  const texts = useTexts();
  const { shares } = useWebChat();
  const [lifetime, setLifetime] = useState<Lifetime>('1d');
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>(kinds);
  const [links, setLinks] = useState<readonly ShareLink[]>([]);
  const [made, setMade] = useState<ShareLink & { token: string }>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  /** Does it, tells what fails, and shows how the links stand then. */
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    setBusy(true);
    try {
      await work();
      setLinks(await shares.list(session.id));
    } catch (error) {
      const { message, detail } = toErrorWords(error, texts.errors);
      setProblem([message, detail].filter((words) => words !== undefined).join(' '));
    }
    setBusy(false);
  };
  useEffect(() => {
    shares
      .list(session.id)
      .then(setLinks, (error: unknown) => setProblem(toErrorWords(error, texts.errors).message));
  }, [shares, session.id, texts]);

  const make = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(async () => setMade(await shares.make(session.id, { lifetime, leftOut })));
  };
  const revoke = ({ id }: ShareLink) =>
    void attempt(async () => {
      await shares.revoke(session.id, id);
      if (made?.id === id) setMade(undefined);
    });
  const choose = (kind: LeftOut, chosen: boolean) =>
    setLeftOut(kinds.filter((other) => (other === kind ? chosen : leftOut.includes(other))));

  return (
    <Dialog open onOpenChange={onClose} title={texts.sharing.title} description={texts.sharing.explain}>
      <form onSubmit={make} className="flex flex-col gap-4">
        <SelectField
          label={texts.sharing.lifetime}
          value={lifetime}
          onChange={(event) => setLifetime(lifetimes.find((one) => one === event.target.value) ?? '1d')}
          options={lifetimes.map((value) => ({ value, label: texts.sharing.lifetimes[value] }))}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-sm">{texts.sharing.leaveOut}</legend>
          {kinds.map((kind) => (
            <CheckField
              key={kind}
              label={texts.sharing.kinds[kind]}
              checked={leftOut.includes(kind)}
              onChange={(chosen) => choose(kind, chosen)}
            />
          ))}
          <p className="text-muted-foreground text-xs">{texts.sharing.secrets}</p>
        </fieldset>
        {problem !== undefined && (
          <p role="alert" className="text-destructive text-sm">
            {problem}
          </p>
        )}
        <Button type="submit" tone="primary" busy={busy} className="self-end">
          {texts.sharing.make}
        </Button>
      </form>
      {made && <NewLink url={sharedUrl(location.origin, made.token)} />}
      <ShareLinks links={links} busy={busy} onRevoke={revoke} />
    </Dialog>
  );
}
