'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { useTexts } from '../lib/texts/use-texts.ts';
import { PlanEntries } from './plan-entries.tsx';

type Entry = ServerData<'plan'>['entries'][number];

/** The agent's list of things to do, and how far it is. */
export function PlanCard({ entries }: { entries: Entry[] }) {
  const texts = useTexts();
  const done = entries.filter((entry) => entry.status === 'completed').length;
  return (
    <section
      aria-label={texts.plan.title}
      data-testid="plan"
      className="rounded-lg border bg-card px-3.5 py-2.5 text-sm"
    >
      <h2 className="mb-1.5 flex items-baseline justify-between gap-3 font-medium">
        {texts.plan.title}
        <span className="font-normal text-muted-foreground text-xs">
          {texts.plan.progress(done, entries.length)}
        </span>
      </h2>
      <PlanEntries entries={entries} />
    </section>
  );
}
