'use client';
import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

type Props = { tone?: 'plain' | 'warning'; label?: string; children: ReactNode };

/** Something to know, between the messages. */
export function NoticeLine({ tone = 'plain', label, children }: Props) {
  const texts = useTexts();
  const Icon = tone === 'warning' ? TriangleAlert : Info;
  return (
    <div
      data-testid="notice"
      className={classNames(
        'flex items-start gap-2 rounded-lg px-3 py-2 text-sm',
        tone === 'warning' ? 'border border-warning/40 bg-warning-surface' : 'bg-muted text-muted-foreground',
      )}
    >
      <Icon
        aria-hidden
        className={classNames('mt-0.5 size-4 shrink-0', tone === 'warning' && 'text-warning')}
      />
      <div className="min-w-0 break-words">
        {label !== undefined && <span className="font-medium">{texts.labelled(label)}</span>}
        {children}
      </div>
    </div>
  );
}
