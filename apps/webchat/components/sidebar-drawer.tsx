'use client';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useSwipe } from '../lib/use-swipe.ts';
import { Button } from './ui/button.tsx';
import { useGiveBackFocus } from './ui/focus-trail-context.tsx';

type Props = { open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** The list of sessions on narrow screens, over the conversation; a finger pushes it back. */
export function SidebarDrawer({ open, onOpenChange, children }: Props) {
  const texts = useTexts();
  const giveBackFocus = useGiveBackFocus();
  const swipe = useSwipe('left', () => onOpenChange(false));
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/50 md:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBackFocus}
          {...swipe}
          className="fixed top-(--visible-top) left-0 z-30 flex h-(--visible-height) w-[min(19rem,86vw)] border-r bg-sidebar shadow-xl md:hidden"
        >
          <Dialog.Title className="sr-only">{texts.sessions.title}</Dialog.Title>
          {children}
          {/* NOTE: last, so that the keyboard starts in the list. */}
          <Dialog.Close asChild>
            <Button size="icon" aria-label={texts.sessions.close} className="absolute top-2 left-full ml-1">
              <X aria-hidden />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
