'use client';
import { Ban, Check, CircleAlert, CircleStop, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import type { ToolStatus } from '../../lib/tool-view.ts';

const icons: Record<ToolStatus, LucideIcon> = {
  pending: LoaderCircle,
  running: LoaderCircle,
  waiting: Hourglass,
  done: Check,
  failed: CircleAlert,
  denied: Ban,
  stopped: CircleStop,
};

const looks: Record<ToolStatus, string> = {
  pending: 'text-muted-foreground',
  running: 'text-primary',
  waiting: 'text-warning',
  done: 'text-success',
  failed: 'text-destructive',
  denied: 'text-destructive',
  stopped: 'text-muted-foreground',
};

/** How a tool call stands: a sign, and the word where there is room and the sign alone would not do. */
export function ToolMark({ status }: { status: ToolStatus }) {
  const texts = useTexts();
  const Icon = icons[status];
  const moves = status === 'running' || status === 'pending';
  return (
    <span
      data-testid="tool-status"
      data-status={status}
      className={classNames('flex items-center gap-1.5', looks[status])}
    >
      <span className={status === 'done' ? 'sr-only' : 'max-sm:sr-only'}>{texts.tools[status]}</span>
      <Icon aria-hidden className={classNames('size-3.5', moves && 'animate-spin')} />
    </span>
  );
}
