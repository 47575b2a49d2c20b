'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import {
  Archive,
  GitBranch,
  type LucideIcon,
  Pencil,
  Share2,
  Square,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import { useTexts } from '../texts/use-texts.ts';
import { useSessionActions } from '../use-session-actions.ts';

export type PaletteCommand = {
  id: string;
  Icon: LucideIcon;
  label: string;
  keys?: readonly string[];
  /** Why it cannot be done now. */
  obstacle?: string | undefined;
  /** It goes on in the palette's place. */
  staysOpen?: boolean;
  run: () => void;
};

type Options = {
  session: SessionSummary | undefined;
  selected: string | null;
  onSelect: (id: string | null) => void;
  onRename: (session: SessionSummary) => void;
  onShare: (session: SessionSummary) => void;
  onTerminal: (session: SessionSummary) => void;
};

/** What the palette does with the session that is open. */
export function useSessionCommands({
  session,
  selected,
  onSelect,
  onRename,
  onShare,
  onTerminal,
}: Options): PaletteCommand[] {
  const { palette, sessions, sharing, terminal } = useTexts();
  const actions = useSessionActions({ selected, onSelect });
  if (!session) return [];
  const obstacle = actions.forkObstacle(session);
  return [
    ...(session.turn === null
      ? []
      : [{ id: 'stop', Icon: Square, label: palette.stop, run: () => void actions.stop(session) }]),
    { id: 'rename', Icon: Pencil, label: palette.rename, staysOpen: true, run: () => onRename(session) },
    {
      ...{ id: 'fork', Icon: GitBranch, label: palette.fork },
      obstacle: obstacle && sessions.forkObstacles[obstacle],
      run: () => void actions.fork(session),
    },
    { id: 'share', Icon: Share2, label: sharing.title, staysOpen: true, run: () => onShare(session) },
    ...(session.terminal_command
      ? [
          {
            ...{ id: 'terminal', Icon: SquareTerminal, label: terminal.title, staysOpen: true },
            run: () => onTerminal(session),
          },
        ]
      : []),
    {
      ...{ id: 'archive', Icon: Archive },
      label: session.archived ? sessions.unarchive : palette.archive,
      run: () => void actions.archive(session),
    },
    { id: 'remove', Icon: Trash2, label: palette.remove, run: () => actions.remove(session) },
  ];
}
