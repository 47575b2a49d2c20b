'use client';
import { Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = { onOpenSessions: () => void; children?: ReactNode };

/** The bar above a conversation, with the way to the sessions on narrow screens. */
export function PlainHeader({ onOpenSessions, children }: Props) {
  const texts = useTexts();
  return (
    <header
      className={classNames(
        'flex min-h-13 shrink-0 items-center gap-2 border-b px-2 py-1.5 md:px-4',
        children === undefined && 'md:hidden',
      )}
    >
      <Button
        tone="quiet"
        size="icon"
        className="md:hidden"
        aria-label={texts.sessions.open}
        onClick={onOpenSessions}
      >
        <Menu aria-hidden />
      </Button>
      {children}
    </header>
  );
}
