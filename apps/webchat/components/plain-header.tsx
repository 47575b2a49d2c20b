'use client';
import { Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { TopBar } from './ui/top-bar.tsx';

type Props = { onOpenSessions: () => void; children?: ReactNode };

/** The bar above a conversation, with the way to the sessions on narrow screens. */
export function PlainHeader({ onOpenSessions, children }: Props) {
  const texts = useTexts();
  return (
    <TopBar className={classNames('md:px-4', children === undefined && 'md:hidden')}>
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
    </TopBar>
  );
}
