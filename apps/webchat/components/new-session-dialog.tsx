'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { SquareTerminal } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Also fetched before the dialog opens, so that it opens complete. */
export const loadForm = () => import('./new-session-form.tsx');

const NewSessionForm = lazy(async () => ({ default: (await loadForm()).NewSessionForm }));

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (session: SessionSummary) => void;
};

/** Asks which agent is to work where, and starts it. The agents are asked for anew each time it opens, and shown as last known until then. */
export function NewSessionDialog({ open, onOpenChange, onCreated }: Props) {
  const texts = useTexts();
  const { agents, overlay } = useWebChat();
  const { list } = useObservable(agents.state);
  const adopts = list?.agents.some((agent) => agent.available && agent.adopts);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.newSession.title}>
      <Agents
        onCreated={(session) => {
          onOpenChange(false);
          onCreated(session);
        }}
      />
      {adopts && (
        <Button
          tone="quiet"
          className="mt-2 self-start"
          onClick={() => {
            onOpenChange(false);
            overlay.set('adopt');
          }}
        >
          <SquareTerminal aria-hidden />
          {texts.adopt.open}
        </Button>
      )}
    </Dialog>
  );
}

function Agents({ onCreated }: { onCreated: (session: SessionSummary) => void }) {
  const texts = useTexts();
  const { agents } = useWebChat();
  const { status, list } = useObservable(agents.state);
  useEffect(() => void agents.refresh(), [agents]);

  if (list) {
    return (
      <Suspense fallback={<LoadingForm />}>
        <NewSessionForm list={list} onCreated={onCreated} />
      </Suspense>
    );
  }
  if (status === 'failed') {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-sm">
        {texts.newSession.agentsFailed}
        <Button onClick={() => void agents.refresh()}>{texts.tryAgain}</Button>
      </div>
    );
  }
  return <LoadingForm />;
}

function LoadingForm() {
  const texts = useTexts();
  return (
    <div role="status" aria-label={texts.loading} className="flex animate-appear flex-col gap-3">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-9" />
    </div>
  );
}
