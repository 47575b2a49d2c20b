'use client';
import {
  Bell,
  BellOff,
  FolderTree,
  Gauge,
  Keyboard,
  Languages,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  SquareTerminal,
  Sun,
} from 'lucide-react';
import { useTheme } from 'next-themes';
import { useWebChat } from '../../components/web-chat-context.tsx';
import { languageNames, languages } from '../texts/language.ts';
import { setLanguage, useLanguage, useTexts } from '../texts/use-texts.ts';
import { useIsOperator } from '../use-is-operator.ts';
import { useObservable } from '../use-observable.ts';
import type { PaletteCommand } from './use-session-commands.ts';

const themes: Record<'light' | 'dark' | 'system', LucideIcon> = { light: Sun, dark: Moon, system: Monitor };

/** What the palette does with the page; the theme and the language in use are left out. */
export function usePageCommands({ onCreate }: { onCreate: () => void }): {
  general: PaletteCommand[];
  appearance: PaletteCommand[];
} {
  const texts = useTexts();
  const { palette, settings } = texts;
  const language = useLanguage();
  const { theme = 'system', setTheme } = useTheme();
  const { agents, authentication, notifications, grouping, overlay } = useWebChat();
  const { list } = useObservable(agents.state);
  const adopts = list?.agents.some((agent) => agent.available && agent.adopts) ?? false;
  const notify = useObservable(notifications.state);
  const isOn = notify === 'on';
  const isOperator = useIsOperator();
  return {
    general: [
      { id: 'new', Icon: Plus, label: texts.sessions.new, run: onCreate },
      ...(adopts
        ? [
            {
              ...{ id: 'adopt', Icon: SquareTerminal, label: texts.adopt.open },
              run: () => overlay.set('adopt'),
            },
          ]
        : []),
      { id: 'group', Icon: FolderTree, label: palette.group, run: grouping.toggle },
      ...(isOn || notify === 'off'
        ? [
            {
              ...{ id: 'notify', Icon: isOn ? BellOff : Bell },
              label: isOn ? palette.notifyOff : palette.notifyOn,
              run: () => void notifications.toggle(),
            },
          ]
        : []),
      {
        ...{ id: 'shortcuts', Icon: Keyboard, label: texts.shortcuts.title, keys: ['?'] },
        run: () => overlay.set('shortcuts'),
      },
      ...(isOperator
        ? [{ id: 'admin', Icon: Gauge, label: settings.admin, run: () => location.assign('/admin') }]
        : []),
      { id: 'sign-out', Icon: LogOut, label: settings.signOut, run: () => void authentication.signOut() },
    ],
    appearance: [
      ...(['light', 'dark', 'system'] as const)
        .filter((name) => name !== theme)
        .map((name) => ({
          ...{ id: `theme-${name}`, Icon: themes[name], label: palette.theme(settings[name]) },
          run: () => setTheme(name),
        })),
      ...languages
        .filter((name) => name !== language)
        .map((name) => ({
          ...{ id: `language-${name}`, Icon: Languages, label: palette.language(languageNames[name]) },
          run: () => setLanguage(name),
        })),
    ],
  };
}
