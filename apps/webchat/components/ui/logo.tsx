import { classNames } from '../../lib/class-names.ts';

/** The mark: many lines, one flame. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={classNames('size-6 text-primary', className)}>
      <rect width="32" height="32" rx="9" fill="currentColor" />
      <path
        d="M10 8v16M22 8v16M10 16c4 0 3-5 6-5s2 5 6 5"
        fill="none"
        stroke="var(--primary-foreground)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
