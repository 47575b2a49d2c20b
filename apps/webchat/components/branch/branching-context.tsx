'use client';
import { AepError, type SessionSummary } from '@hotplex/client-sdk';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { selectSession } from '../../lib/selected-session.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { toForkTitle } from '../../lib/to-fork-title.ts';
import { useAgents } from '../../lib/use-agents.ts';
import { useWebChat } from '../web-chat-context.tsx';

/** The turn that a branch still has, or the one that it begins without, whose prompt is to be edited then. */
export type BranchPlace = { afterTurn: string } | { beforeTurn: string; prompt: string };

type Branching = {
  /** Why there is no branch but at the end. */
  obstacle: string | undefined;
  /** Opens a new session that goes on from there; what fails is told. */
  branchOff: (place: BranchPlace) => Promise<void>;
};

const Context = createContext<Branching | undefined>(undefined);

type Props = { session: SessionSummary; children: ReactNode };

/** Branches of this conversation, for whatever offers them. */
export function BranchingProvider({ session: { id, title, worker_type: type }, children }: Props) {
  const texts = useTexts();
  const { sessions, drafts } = useWebChat();
  const canGoOn = useAgents()(type)?.capabilities?.rewind === true;
  const value = useMemo(() => {
    const branchOff = async (place: BranchPlace) => {
      const known = sessions.state.get().sessions.find((session) => session.id === id);
      const name = toForkTitle(known?.title ?? title ?? texts.sessions.untitled, texts.sessions.forkTitle);
      try {
        const branch = await sessions.fork(id, { title: name, ...withoutPrompt(place) });
        if ('prompt' in place) drafts.append(branch.id, place.prompt);
        selectSession(branch.id);
        toast.success(texts.branch.done);
      } catch (error) {
        const reason = error instanceof AepError ? String(error.details?.reason) : '';
        const description = texts.branch.impossible[reason] ?? toErrorWords(error, texts.errors).message;
        toast.error(texts.branch.failed, { description });
      }
    };
    return { branchOff, obstacle: canGoOn ? undefined : texts.branch.impossible.agent };
  }, [texts, sessions, drafts, id, title, canGoOn]);
  return <Context value={value}>{children}</Context>;
}

/** Undefined where there is no conversation around, as on a shared page. */
export function useBranching(): Branching | undefined {
  return useContext(Context);
}

const withoutPrompt = (place: BranchPlace) =>
  'afterTurn' in place ? { afterTurn: place.afterTurn } : { beforeTurn: place.beforeTurn };
