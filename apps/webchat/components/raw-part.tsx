'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { useState } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Disclosure } from './ui/disclosure.tsx';

/** Something the agent said that has no drawing of its own, folded away. */
export function RawPart({ part }: { part: ServerData<'raw'> }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <Disclosure
      open={open}
      onOpenChange={setOpen}
      className="rounded-md text-muted-foreground text-xs"
      summary={<span>{texts.notices.raw(part.kind)}</span>}
    >
      <pre className="mt-1 max-h-64 overflow-auto rounded-md bg-muted p-2 font-mono">
        {JSON.stringify(part.raw, null, 2)}
      </pre>
    </Disclosure>
  );
}
