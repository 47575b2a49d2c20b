'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { toast } from 'sonner';
import { useWebChat } from '../components/web-chat-context.tsx';
import { toErrorWords } from './error-words.ts';
import { removalGraceMs } from './session-list.ts';
import { useTexts } from './texts/use-texts.ts';
import { toForkTitle } from './to-fork-title.ts';
import { useAgents } from './use-agents.ts';

/** Why a session cannot be forked now. */
export type ForkObstacle = 'agent' | 'running';

export type SessionActions = {
  forkObstacle: (session: SessionSummary) => ForkObstacle | undefined;
  /** Makes a session that goes on from this one, and opens it. */
  fork: (session: SessionSummary) => Promise<void>;
  /** Takes a session out of the list; for a while it can be brought back. */
  remove: (session: SessionSummary) => void;
  /** Puts a session away, which can be undone, or takes it back. */
  archive: (session: SessionSummary) => Promise<void>;
  stop: (session: SessionSummary) => Promise<void>;
};

type Options = { selected: string | null; onSelect: (id: string | null) => void };

/** What can be done with a session from wherever it is shown. What fails is told. */
export function useSessionActions({ selected, onSelect }: Options): SessionActions {
  const texts = useTexts();
  const { sessions, archive, conversation, forget } = useWebChat();
  const agentOf = useAgents();
  const titleOf = (session: SessionSummary) => session.title ?? texts.sessions.untitled;
  return {
    forkObstacle: (session) => {
      if (!agentOf(session.worker_type)?.capabilities?.fork) return 'agent';
      return session.turn === null ? undefined : 'running';
    },
    fork: async (session) => {
      try {
        const title = toForkTitle(titleOf(session), texts.sessions.forkTitle);
        onSelect((await sessions.fork(session.id, { title })).id);
      } catch (error) {
        toast.error(texts.sessions.forkFailed, { description: toErrorWords(error, texts.errors).message });
      }
    },
    remove: (session) => {
      if (session.id === selected) onSelect(null);
      const removal = (session.archived ? archive : sessions).remove(session.id);
      toast(texts.sessions.removed(titleOf(session)), {
        duration: removalGraceMs,
        action: { label: texts.sessions.undo, onClick: removal.undo },
      });
      removal.settled.then(
        (outcome) => outcome === 'removed' && forget(session.id),
        () => toast.error(texts.sessions.removeFailed),
      );
    },
    archive: async (session) => {
      const isArchived = !session.archived;
      const move = async (away: boolean) => {
        await sessions.archive(session.id, away);
        await archive.refresh();
        // Opened again, its conversation knows how it stands then.
        forget(session.id);
      };
      const failed = (error: unknown) =>
        toast.error(texts.sessions.archiveFailed, { description: toErrorWords(error, texts.errors).message });
      try {
        await move(isArchived);
      } catch (error) {
        failed(error);
        return;
      }
      if (session.id === selected) onSelect(null);
      toast((isArchived ? texts.sessions.archivedNow : texts.sessions.unarchivedNow)(titleOf(session)), {
        action: { label: texts.sessions.undo, onClick: () => void move(!isArchived).catch(failed) },
      });
    },
    stop: async (session) => {
      try {
        await (await conversation(session.id)).interrupt();
      } catch {
        toast.error(texts.composer.stopFailed);
      }
    },
  };
}
