'use client';
import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';

type Props = {
  summary: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  className?: string;
  testId?: string;
};

/** A line that opens to show more. Closed content is not in the page at all. */
export function Disclosure({ summary, open, onOpenChange, children, className, testId }: Props) {
  return (
    <Collapsible.Root open={open} onOpenChange={onOpenChange} className={className} data-testid={testId}>
      <Collapsible.Trigger className="flex w-full min-w-0 cursor-pointer items-center gap-2 rounded-[inherit] text-left">
        <ChevronRight
          aria-hidden
          className={classNames(
            'size-3.5 shrink-0 text-muted-foreground transition-transform',
            open && 'rotate-90',
          )}
        />
        {summary}
      </Collapsible.Trigger>
      <Collapsible.Content>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
