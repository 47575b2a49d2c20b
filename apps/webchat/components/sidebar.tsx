'use client';
import { Plus } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { SessionList } from './session-list.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { Button } from './ui/button.tsx';
import { Logo } from './ui/logo.tsx';

type Props = { selected: string | null; onSelect: (id: string | null) => void; onCreate: () => void };

/** The left column: name, new session, sessions, settings. */
export function Sidebar({ selected, onSelect, onCreate }: Props) {
  const texts = useTexts();
  return (
    <nav aria-label={texts.sessions.title} className="flex min-h-0 w-full flex-col">
      <div className="flex items-center justify-between gap-2 px-3 pt-3 pb-2">
        <button
          type="button"
          onClick={() => onSelect(null)}
          className="flex items-center gap-2 rounded-md px-1 py-0.5 font-semibold tracking-tight"
        >
          <Logo />
          {texts.appName}
        </button>
        <SettingsMenu />
      </div>
      <div className="px-3 pb-2">
        <Button tone="primary" className="w-full" onClick={onCreate}>
          <Plus aria-hidden />
          {texts.sessions.new}
        </Button>
      </div>
      <SessionList selected={selected} onSelect={onSelect} />
    </nav>
  );
}
