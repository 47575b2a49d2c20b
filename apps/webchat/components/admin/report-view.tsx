'use client';
import type { ReactNode } from 'react';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import type { Report } from '../../lib/admin/use-report.ts';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type Props<T> = { report: Report<T>; children: (value: T) => ReactNode };

/** A report once it is there, its shape until then, and above it why it could not be fetched the last time. */
export function ReportView<T>({ report: { value, error, refresh }, children }: Props<T>) {
  const texts = useTexts();
  return (
    <>
      {error !== undefined && <Failure error={error} onRetry={refresh} />}
      {value !== undefined && children(value)}
      {value === undefined && error === undefined && (
        <div role="status" aria-label={texts.loading} className="flex animate-appear flex-col gap-3">
          <Skeleton className="h-10" />
          <Skeleton className="h-40" />
        </div>
      )}
    </>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { tryAgain, errors } = useTexts();
  const { failed, forbidden } = useAdminTexts();
  const { message, detail, code } = toErrorWords(error, errors);
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-destructive-surface px-4 py-3 text-sm"
    >
      <div className="min-w-0 break-words">
        <p>
          <span className="font-medium">{failed}</span> {code === 'FORBIDDEN' ? forbidden : message}
        </p>
        {detail !== undefined && (
          <p className="text-muted-foreground text-xs">
            <span className="font-mono">{code}</span> · {detail}
          </p>
        )}
      </div>
      <Button size="small" onClick={onRetry}>
        {tryAgain}
      </Button>
    </div>
  );
}
