'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { CircleCheck, CircleDashed, CircleDot } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

type Entry = ServerData<'plan'>['entries'][number];

const icons = { pending: CircleDashed, in_progress: CircleDot, completed: CircleCheck } as const;
const looks = {
  pending: 'text-muted-foreground',
  in_progress: 'text-primary',
  completed: 'text-success',
} as const;

/** The agent's list of things to do, and how far it is. */
export function PlanCard({ entries, title }: { entries: Entry[]; title?: string }) {
  const texts = useTexts();
  const done = entries.filter((entry) => entry.status === 'completed').length;
  return (
    <section
      aria-label={title ?? texts.plan.title}
      data-testid="plan"
      className="rounded-lg border bg-card px-3.5 py-2.5 text-sm"
    >
      <h2 className="mb-1.5 flex items-baseline justify-between gap-3 font-medium">
        {title ?? texts.plan.title}
        <span className="font-normal text-muted-foreground text-xs">
          {texts.plan.progress(done, entries.length)}
        </span>
      </h2>
      <ul className="flex flex-col gap-1">
        {entries.map((entry) => {
          const Icon = icons[entry.status];
          return (
            <li key={entry.id ?? entry.content} className="flex items-start gap-2">
              <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', looks[entry.status])} />
              <span className="sr-only">{texts.plan[entry.status]}: </span>
              <span
                className={classNames(entry.status === 'completed' && 'text-muted-foreground line-through')}
              >
                {entry.content}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
