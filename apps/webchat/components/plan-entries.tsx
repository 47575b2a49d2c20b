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

/** Things to do, each with how it stands. */
export function PlanEntries({ entries }: { entries: Entry[] }) {
  const texts = useTexts();
  return (
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
  );
}
