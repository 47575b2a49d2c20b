import { classNames } from '../../lib/class-names.ts';

/** A grey shape where something is still loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse-soft rounded-md bg-muted', className)} />;
}
