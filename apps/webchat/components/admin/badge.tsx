import type { ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';

const tones = {
  good: 'text-success',
  doubtful: 'text-warning',
  bad: 'text-destructive',
  plain: 'text-muted-foreground',
} as const;

export type BadgeTone = keyof typeof tones;

/** A word that says how something stands, with a dot of its colour. */
export function Badge({ tone, children }: { tone: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap font-medium', tones[tone])}
    >
      <span aria-hidden className="size-2 shrink-0 rounded-full bg-current forced-color-adjust-none" />
      {children}
    </span>
  );
}
