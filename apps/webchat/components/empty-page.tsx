'use client';
import { Menu as MenuIcon } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { Button } from './ui/button.tsx';
import { Logo } from './ui/logo.tsx';

type Props = { onCreate: () => void; onOpenSessions: () => void };

/** No session is open: what this is, and the one thing to do. */
export function EmptyPage({ onCreate, onOpenSessions }: Props) {
  const texts = useTexts();
  usePageTitle();
  return (
    <div className="relative flex flex-1 flex-col overflow-y-auto">
      <div className="p-2 md:hidden">
        <Button tone="quiet" size="icon" aria-label={texts.sessions.open} onClick={onOpenSessions}>
          <MenuIcon aria-hidden />
        </Button>
      </div>
      <div className="m-auto flex max-w-xl flex-col items-start gap-5 p-6">
        <Logo className="size-12" />
        <h1 className="text-balance font-semibold text-3xl tracking-tight">{texts.empty.title}</h1>
        <p className="text-pretty text-muted-foreground leading-relaxed">{texts.empty.explain}</p>
        <ul className="flex flex-col gap-2 text-[0.95rem]">
          {texts.empty.points.map((point) => (
            <li key={point} className="flex gap-2.5">
              <span aria-hidden className="mt-2.5 size-1.5 shrink-0 rounded-full bg-primary" />
              {point}
            </li>
          ))}
        </ul>
        <Button tone="primary" className="h-11 px-5 text-base" onClick={onCreate}>
          {texts.empty.start}
        </Button>
      </div>
    </div>
  );
}
