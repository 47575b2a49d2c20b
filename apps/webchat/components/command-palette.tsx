'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { scoreOf } from '../lib/palette/score.ts';
import { usePageCommands } from '../lib/palette/use-page-commands.ts';
import { type PaletteCommand, useSessionCommands } from '../lib/palette/use-session-commands.ts';
import { sessionMood } from '../lib/session-mood.ts';
import { shortPath } from '../lib/short-path.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAgentTitle } from '../lib/use-agent-title.ts';
import { useObservable } from '../lib/use-observable.ts';
import { PaletteItem } from './palette-item.tsx';
import { RenameSessionDialog } from './rename-session-dialog.tsx';
import { SessionDot } from './session-dot.tsx';
import { ShareDialog } from './sharing/share-dialog.tsx';
import { TerminalDialog } from './terminal-dialog.tsx';
import { useGiveBackFocus } from './ui/focus-trail-context.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = {
  selected: string | null;
  onSelect: (id: string | null) => void;
  onCreate: () => void;
  onSearch: () => void;
  onClose: () => void;
};

const groupClass =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs';

/** Everything the page can do and every session of the list, by a few letters. */
export function CommandPalette({ selected, onSelect, onCreate, onSearch, onClose }: Props) {
  const texts = useTexts();
  const titleOf = useAgentTitle();
  const giveBackFocus = useGiveBackFocus();
  const { sessions, search, seen } = useWebChat();
  const { sessions: list } = useObservable(sessions.state);
  const seenTurns = useObservable(seen.state);
  const [words, setWords] = useState('');
  const [renaming, setRenaming] = useState<SessionSummary>();
  const [sharing, setSharing] = useState<SessionSummary>();
  const [leaving, setLeaving] = useState<SessionSummary>();
  const current = list.find(({ id }) => id === selected);
  const ofSession = useSessionCommands({
    session: current,
    selected,
    onSelect,
    onRename: setRenaming,
    onShare: setSharing,
    onTerminal: setLeaving,
  });
  const ofPage = usePageCommands({ onCreate });
  if (leaving?.terminal_command)
    return <TerminalDialog session={leaving} command={leaving.terminal_command} onClose={onClose} />;
  if (sharing) return <ShareDialog session={sharing} onClose={onClose} />;
  if (renaming) return <RenameSessionDialog session={renaming} onClose={onClose} />;

  const run = (command: PaletteCommand) => {
    if (!command.staysOpen) onClose();
    command.run();
  };
  const groups: [heading: string, commands: readonly PaletteCommand[]][] = [
    [texts.palette.here, ofSession],
    [texts.palette.general, ofPage.general],
    [texts.palette.appearance, ofPage.appearance],
  ];
  const query = words.trim();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBackFocus}
          className="fixed top-[calc(var(--visible-top)+var(--visible-height)*0.12)] left-1/2 z-50 flex max-h-[calc(var(--visible-height)*0.8)] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-input bg-popover text-popover-foreground shadow-2xl outline-none"
        >
          <Dialog.Title className="sr-only">{texts.palette.title}</Dialog.Title>
          <Command label={texts.palette.title} filter={scoreOf} loop className="flex min-h-0 flex-col">
            <div className="flex shrink-0 items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <Command.Input
                autoFocus
                value={words}
                onValueChange={setWords}
                placeholder={texts.palette.placeholder}
                className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted-foreground"
              />
            </div>
            <Command.List className="max-h-104 min-h-0 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted-foreground text-sm">
                {texts.palette.none}
              </Command.Empty>
              <Command.Group heading={texts.sessions.title} className={groupClass}>
                {list.map((session) => {
                  const title = session.title ?? texts.sessions.untitled;
                  return (
                    <PaletteItem
                      key={session.id}
                      id={session.id}
                      keywords={[title, session.work_dir, titleOf(session.worker_type)]}
                      icon={<SessionDot mood={sessionMood(session, seenTurns)} />}
                      label={title}
                      detail={shortPath(session.work_dir, 1)}
                      onSelect={() => {
                        onClose();
                        onSelect(session.id);
                      }}
                    />
                  );
                })}
              </Command.Group>
              {groups.map(
                ([heading, commands]) =>
                  commands.length > 0 && (
                    <Command.Group key={heading} heading={heading} className={groupClass}>
                      {commands.map((command) => (
                        <PaletteItem
                          key={command.id}
                          id={command.id}
                          keywords={[command.label]}
                          icon={<command.Icon aria-hidden className="size-4 text-muted-foreground" />}
                          label={command.label}
                          detail={command.obstacle}
                          keys={command.keys}
                          disabled={command.obstacle !== undefined}
                          onSelect={() => run(command)}
                        />
                      ))}
                    </Command.Group>
                  ),
              )}
              {query !== '' && (
                <PaletteItem
                  id="search"
                  keywords={[query]}
                  icon={<Search aria-hidden className="size-4 text-muted-foreground" />}
                  label={texts.palette.search(query)}
                  onSelect={() => {
                    search.ask(query);
                    onClose();
                    onSearch();
                  }}
                />
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
