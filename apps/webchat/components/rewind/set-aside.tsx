'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Disclosure } from '../ui/disclosure.tsx';

type Props = {
  turns: number;
  /** Whether somebody looks for what may be in it. */
  isWanted: boolean;
  children: ReactNode;
};

/** Turns that the agent was taken back to before: folded until somebody, or a hit of the search, looks for them. */
export function SetAside({ turns, isWanted, children }: Props) {
  const texts = useTexts();
  const [open, setOpen] = useState(isWanted);
  useEffect(() => {
    if (isWanted) setOpen(true);
  }, [isWanted]);
  return (
    <Disclosure
      testId="set-aside"
      open={open}
      onOpenChange={setOpen}
      className="rounded-lg border border-dashed px-3 py-2"
      summary={
        <span className="flex min-w-0 flex-wrap gap-x-2 text-muted-foreground text-sm">
          <span className="font-medium">{texts.rewind.setAside(turns)}</span>
          <span>{texts.rewind.setAsideExplain}</span>
        </span>
      }
    >
      <div className="flex flex-col gap-5 pt-4 pb-2">{children}</div>
    </Disclosure>
  );
}
