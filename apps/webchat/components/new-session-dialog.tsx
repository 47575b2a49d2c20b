'use client';
import type { AgentList, SessionSummary } from '@hotplex/client-sdk';
import { useEffect, useState } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { NewSessionForm } from './new-session-form.tsx';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (session: SessionSummary) => void;
};

/** Asks which agent is to work where, and starts it. The list of agents is asked for anew each time it opens. */
export function NewSessionDialog({ open, onOpenChange, onCreated }: Props) {
  const texts = useTexts();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.newSession.title}>
      <Agents
        onCreated={(session) => {
          onOpenChange(false);
          onCreated(session);
        }}
      />
    </Dialog>
  );
}

function Agents({ onCreated }: { onCreated: (session: SessionSummary) => void }) {
  const texts = useTexts();
  const { api } = useWebChat();
  const [list, setList] = useState<AgentList>();
  const [attempt, setAttempt] = useState(0);
  const [failedAttempt, setFailedAttempt] = useState<number>();
  useEffect(() => {
    let current = true;
    api.agents().then(
      (found) => current && setList(found),
      () => current && setFailedAttempt(attempt),
    );
    return () => {
      current = false;
    };
  }, [api, attempt]);

  if (list) return <NewSessionForm list={list} onCreated={onCreated} />;
  if (failedAttempt === attempt) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-sm">
        {texts.newSession.agentsFailed}
        <Button onClick={() => setAttempt(attempt + 1)}>{texts.tryAgain}</Button>
      </div>
    );
  }
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-3">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-9" />
    </div>
  );
}
