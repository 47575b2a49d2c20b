'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { Ellipsis, Pin } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';
import { formatAgo } from '../lib/format-ago.ts';
import { sessionMood } from '../lib/session-mood.ts';
import { shortPath } from '../lib/short-path.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAgentTitle } from '../lib/use-agent-title.ts';
import { useObservable } from '../lib/use-observable.ts';
import type { ForkObstacle } from '../lib/use-session-actions.ts';
import { SessionDot } from './session-dot.tsx';
import { Button } from './ui/button.tsx';
import { Menu, MenuItem } from './ui/menu.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = {
  session: SessionSummary;
  now: number;
  selected: boolean;
  onSelect: () => void;
  pinned: boolean;
  onPin: () => void;
  onRename: () => void;
  onArchive: () => void;
  forkObstacle: ForkObstacle | undefined;
  onFork: () => void;
  onShare: () => void;
  /** Undefined where nobody can take the conversation to a terminal. */
  onTerminal: (() => void) | undefined;
  onRemove: () => void;
};

/** One session of the list: what it is doing, what it is called, where it works. */
export function SessionRow(props: Props) {
  const {
    session,
    now,
    selected,
    pinned,
    forkObstacle,
    onSelect,
    onPin,
    onRename,
    onArchive,
    onFork,
    onShare,
    onTerminal,
    onRemove,
  } = props;
  const texts = useTexts();
  const titleOf = useAgentTitle();
  const title = session.title ?? texts.sessions.untitled;
  const mood = sessionMood(session, useObservable(useWebChat().seen.state));
  const trigger = (
    <Button
      tone="quiet"
      size="iconSmall"
      aria-label={texts.sessions.actions(title)}
      className="absolute top-1.5 right-1.5 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
    >
      <Ellipsis aria-hidden />
    </Button>
  );
  return (
    <li className="group relative">
      <button
        type="button"
        onClick={onSelect}
        aria-current={selected ? 'page' : undefined}
        className={classNames(
          'flex w-full flex-col gap-0.5 rounded-lg py-2 pr-9 pl-2 text-left',
          selected ? 'bg-accent' : 'hover:bg-accent/50',
        )}
      >
        <span className="flex w-full items-center gap-1.5">
          <SessionDot mood={mood} />
          <span
            className={classNames(
              'truncate text-sm',
              selected && 'font-medium',
              mood === 'unread' && 'font-semibold',
            )}
          >
            {title}
          </span>
          {pinned && <Pin aria-hidden className="size-3 shrink-0 text-muted-foreground" />}
        </span>
        <span className="w-full truncate pl-5 text-muted-foreground text-xs">
          {(mood === 'waiting' || mood === 'unread') && (
            <span className={mood === 'waiting' ? 'font-medium text-warning' : 'font-medium text-primary'}>
              {texts.sessions.state[mood]} ·{' '}
            </span>
          )}
          {formatAgo(now - Date.parse(session.updated_at), texts.time)} · {titleOf(session.worker_type)} ·{' '}
          <span title={session.work_dir}>{shortPath(session.work_dir, 1)}</span>
        </span>
      </button>
      <Menu trigger={trigger}>
        {!session.archived && (
          <MenuItem onSelect={onPin}>{pinned ? texts.sessions.unpin : texts.sessions.pin}</MenuItem>
        )}
        <MenuItem onSelect={onRename}>{texts.sessions.rename}</MenuItem>
        <MenuItem onSelect={onFork} disabled={forkObstacle !== undefined} className="max-w-56">
          <span className="flex flex-col">
            {texts.sessions.fork}
            {forkObstacle && <span className="text-xs">{texts.sessions.forkObstacles[forkObstacle]}</span>}
          </span>
        </MenuItem>
        <MenuItem onSelect={onShare}>{texts.sharing.menu}</MenuItem>
        <MenuItem onSelect={onArchive}>
          {session.archived ? texts.sessions.unarchive : texts.sessions.archive}
        </MenuItem>
        {onTerminal && <MenuItem onSelect={onTerminal}>{texts.terminal.title}</MenuItem>}
        <MenuItem onSelect={onRemove} className="text-destructive">
          {texts.sessions.remove}
        </MenuItem>
      </Menu>
    </li>
  );
}
