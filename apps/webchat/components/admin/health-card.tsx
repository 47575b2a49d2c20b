'use client';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { HealthReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';

const names = ['gateway', 'database', 'workers'] as const;

/** What was looked at, and what it means, in words. */
export function HealthCard({ health: { status, checks } }: { health: HealthReport }) {
  const texts = useAdminTexts().overview;
  const { labelled } = useTexts();
  return (
    <section className="rounded-lg border bg-card px-4 py-3" aria-labelledby="health">
      <h2 id="health" className="font-semibold">
        {status === 'healthy' ? texts.healthy : texts.degraded}
      </h2>
      <ul className="mt-2 flex flex-col gap-2">
        {names.map((name) => {
          const isWell = checks[name].status === 'healthy';
          const Mark = isWell ? CircleCheck : CircleAlert;
          return (
            <li key={name} className="flex items-start gap-2 text-sm">
              <Mark
                aria-hidden
                className={classNames('mt-0.5 size-4 shrink-0', isWell ? 'text-success' : 'text-destructive')}
              />
              <span>
                <span className="font-medium">{labelled(texts.checks[name])}</span>
                <span className="text-muted-foreground">{(isWell ? texts.well : texts.unwell)[name]}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
