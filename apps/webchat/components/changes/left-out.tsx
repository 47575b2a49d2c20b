'use client';
import type { ChangeList } from '@hotplex/client-sdk';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** What was not looked at, and why. */
export function LeftOut({ list }: { list: ChangeList }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const count = list.left_out.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="px-3 pb-4 text-muted-foreground text-xs">
      {list.partial !== null && <p className="pb-2 text-warning">{texts.changes.partial[list.partial]}</p>}
      {count > 0 && (
        <Disclosure
          open={open}
          onOpenChange={setOpen}
          summary={<span className="py-1">{texts.aside(texts.changes.leftOut, count)}</span>}
        >
          <ul className="flex flex-col gap-1 pt-1 pl-5.5">
            {list.left_out.map(({ reason, count: many, examples }) => (
              <li key={reason}>
                {texts.labelled(texts.aside(texts.changes.reasons[reason] ?? reason, many))}
                <span className="break-all font-mono">{examples.join(', ')}</span>
                {examples.length < many && ' …'}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
