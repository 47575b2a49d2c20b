'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useObservable } from '../../lib/use-observable.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { useWebChat } from '../web-chat-context.tsx';

type Props = {
  turns: number;
  /** The number of the event that set them aside. */
  by: number;
  children: ReactNode;
};

/** Turns that the agent was taken back to before: folded until somebody, or a hit of the search, looks for them. */
export function SetAside({ turns, by, children }: Props) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const wanted = useObservable(useWebChat().place);
  const isWanted = wanted !== undefined && wanted.seq < by;
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
