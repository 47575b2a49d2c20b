'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { useEffect, useState } from 'react';
import { groupByWorkDir, partByPins } from '../lib/grouping.ts';
import { shortPath } from '../lib/short-path.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { useObservable } from '../lib/use-observable.ts';
import { useSessionActions } from '../lib/use-session-actions.ts';
import { RenameSessionDialog } from './rename-session-dialog.tsx';
import { SessionRow } from './session-row.tsx';
import { ShareDialog } from './sharing/share-dialog.tsx';
import { TerminalDialog } from './terminal-dialog.tsx';
import { Button } from './ui/button.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { selected: string | null; onSelect: (id: string | null) => void };

const minute = 60_000;

/** The user's sessions, newest first. */
export function SessionList({ selected, onSelect }: Props) {
  const texts = useTexts();
  const now = useNow(minute);
  const { sessions, archive, showsArchive, grouping, pins } = useWebChat();
  const isArchive = useObservable(showsArchive);
  const list = isArchive ? archive : sessions;
  const state = useObservable(list.state);
  const [renaming, setRenaming] = useState<SessionSummary>();
  const [sharing, setSharing] = useState<SessionSummary>();
  const [leaving, setLeaving] = useState<SessionSummary>();
  const actions = useSessionActions({ selected, onSelect });

  // The others are watched by the page.
  useEffect(() => (isArchive ? archive.watch() : undefined), [isArchive, archive]);
  const allPins = useObservable(pins.state);
  const pinnedIds = isArchive ? [] : allPins;
  const { pinned, others } = partByPins(state.sessions, pinnedIds);
  const restHeading = isArchive ? texts.sessions.archived : pinned.length > 0 ? texts.sessions.others : '';
  const rest = useObservable(grouping.state)
    ? groupByWorkDir(others).map((group) => ({ ...group, heading: shortPath(group.workDir) }))
    : [{ workDir: '', heading: restHeading, sessions: others }];
  const groups = [
    ...(pinned.length > 0 ? [{ workDir: '', heading: texts.sessions.pinned, sessions: pinned }] : []),
    ...rest.filter((group) => group.sessions.length > 0),
  ];

  if (state.status === 'loading') return <LoadingRows label={texts.loading} />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
      {state.status === 'failed' && (
        <div role="alert" className="flex flex-col items-start gap-2 px-2 py-3 text-muted-foreground text-sm">
          {texts.sessions.failed}
          <Button size="small" onClick={() => void list.refresh()}>
            {texts.tryAgain}
          </Button>
        </div>
      )}
      {state.status === 'ready' && state.sessions.length === 0 && (
        <p className="px-2 py-3 text-muted-foreground text-sm">
          {isArchive ? texts.sessions.noneArchived : texts.sessions.none}
        </p>
      )}
      {groups.map(({ workDir, heading, sessions: members }) => (
        <section key={workDir || heading} aria-label={workDir || heading || texts.sessions.title}>
          {heading !== '' && (
            <h2 title={workDir} className="truncate px-2 pt-3 pb-1 text-muted-foreground text-xs">
              {heading}
            </h2>
          )}
          <ul className="flex flex-col gap-0.5">
            {members.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                now={now}
                selected={session.id === selected}
                onSelect={() => onSelect(session.id)}
                pinned={pinnedIds.includes(session.id)}
                onPin={() => pins.toggle(session.id)}
                onArchive={() => void actions.archive(session)}
                onRename={() => setRenaming(session)}
                forkObstacle={actions.forkObstacle(session)}
                onFork={() => void actions.fork(session)}
                onShare={() => setSharing(session)}
                onTerminal={session.terminal_command ? () => setLeaving(session) : undefined}
                onRemove={() => actions.remove(session)}
              />
            ))}
          </ul>
        </section>
      ))}
      {state.more && (
        <Button tone="quiet" size="small" className="mt-2 self-center" onClick={() => void list.showMore()}>
          {texts.sessions.more}
        </Button>
      )}
      {renaming && <RenameSessionDialog session={renaming} onClose={() => setRenaming(undefined)} />}
      {sharing && <ShareDialog session={sharing} onClose={() => setSharing(undefined)} />}
      {leaving?.terminal_command && (
        <TerminalDialog
          session={leaving}
          command={leaving.terminal_command}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </div>
  );
}

function LoadingRows({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex animate-appear flex-col gap-2 px-3 py-2">
      {['first', 'second', 'third', 'fourth'].map((row) => (
        <Skeleton key={row} className="h-12" />
      ))}
    </div>
  );
}
