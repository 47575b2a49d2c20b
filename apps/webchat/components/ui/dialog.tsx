'use client';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from './button.tsx';
import { useGiveBackFocus } from './focus-trail-context.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
};

/** A modal window with a title; Escape and the cross close it. */
export function Dialog({ open, onOpenChange, title, description, children }: Props) {
  const texts = useTexts();
  const giveBackFocus = useGiveBackFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/50" />
        <Primitive.Content
          onCloseAutoFocus={giveBackFocus}
          onEscapeKeyDown={(event) => {
            if (hasOpenList(event.target)) event.preventDefault();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          // NOTE: in the middle by its margins: moved by half of its height it would often stand between two pixels, and blur.
          className="fixed inset-x-0 top-(--visible-top) bottom-[calc(100%-var(--visible-top)-var(--visible-height))] z-50 m-auto flex h-fit max-h-[calc(var(--visible-height)-2rem)] w-[min(32rem,calc(100vw-1.5rem))] flex-col overflow-hidden outline-none rounded-xl border bg-popover text-popover-foreground shadow-xl"
        >
          <div className="shrink-0 px-5 pt-4.5 pb-3.5">
            <Primitive.Title className="pr-9 font-semibold text-lg leading-snug">{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className="mt-1.5 text-pretty text-muted-foreground text-sm">
                {description}
              </Primitive.Description>
            )}
          </div>
          {/* Only what is below the title scrolls, so that the cross is always there. */}
          <div className="relative flex min-h-0 flex-col overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {/* NOTE: last, so that the keyboard starts in what the window asks for. */}
          <Primitive.Close asChild>
            <Button
              tone="quiet"
              size="iconSmall"
              aria-label={texts.close}
              className="absolute top-4 right-4 pointer-coarse:size-9"
            >
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What is open within the window closes first. */
const hasOpenList = (at: EventTarget | null) =>
  at instanceof HTMLElement && at.role === 'combobox' && at.ariaExpanded === 'true';
