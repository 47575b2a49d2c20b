'use client';
import type { SearchHit } from '@hotplex/client-sdk';
import { Command, Plus } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { ArchiveToggle } from './archive-toggle.tsx';
import { GroupToggle } from './group-toggle.tsx';
import { SearchField } from './search-field.tsx';
import { SearchResults } from './search-results.tsx';
import { SessionList } from './session-list.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { Button } from './ui/button.tsx';
import { Logo } from './ui/logo.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { selected: string | null; onSelect: (id: string | null) => void; onCreate: () => void };

/** The way to all sessions, to what was said in them, to a new one, and to the settings. */
export function Sidebar({ selected, onSelect, onCreate }: Props) {
  const texts = useTexts();
  const { search, place, overlay } = useWebChat();
  const found = useObservable(search.state);
  const words = useObservable(search.text);
  const open = ({ session_id: sessionId, seq, kind }: SearchHit) => {
    if (kind !== 'title') place.set({ sessionId, seq, words: words.trim().split(/\s+/) });
    onSelect(sessionId);
  };
  return (
    <nav aria-label={texts.sessions.title} className="flex min-h-0 w-full flex-1 flex-col">
      <div className="flex items-center justify-between px-3 py-2.5">
        <button
          type="button"
          onClick={() => onSelect(null)}
          className="flex items-center gap-2 rounded-md px-1 py-0.5 font-semibold tracking-tight"
        >
          <Logo />
          {texts.appName}
        </button>
        <div className="flex gap-1">
          <Button
            tone="quiet"
            size="iconSmall"
            aria-label={texts.palette.title}
            title={texts.palette.title}
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => overlay.set('commands')}
          >
            <Command aria-hidden />
          </Button>
          <SettingsMenu />
        </div>
      </div>
      <div className="flex flex-col gap-2 px-3 pb-2">
        <Button tone="primary" className="w-full" onClick={onCreate}>
          <Plus aria-hidden />
          {texts.sessions.new}
        </Button>
        <div className="flex gap-1">
          <SearchField value={words} onChange={search.ask} />
          {!found && (
            <>
              <GroupToggle />
              <ArchiveToggle />
            </>
          )}
        </div>
      </div>
      {found ? (
        <SearchResults search={found} onOpen={open} onMore={() => void search.showMore()} />
      ) : (
        <SessionList selected={selected} onSelect={onSelect} />
      )}
    </nav>
  );
}
