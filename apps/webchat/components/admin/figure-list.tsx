import type { ReactNode } from 'react';

type Props = { figures: readonly { label: string; value: ReactNode }[] };

/** Names and what they come to, a card each. */
export function FigureList({ figures }: Props) {
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-4">
      {figures.map(({ label, value }) => (
        <div key={label} className="min-w-0 rounded-lg border bg-card px-4 py-3">
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className="mt-0.5 text-balance break-keep break-words font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
