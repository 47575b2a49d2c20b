'use client';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { AuditVerdict } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useAdminApi } from './admin-context.tsx';

type Checked =
  | { status: 'not-yet' }
  | { status: 'busy' }
  | { status: 'done'; verdict: AuditVerdict }
  | { status: 'failed'; error: unknown };

/** Has the chain of the audit log checked, and says what came of it. */
export function AuditCheck() {
  const { audit: texts } = useAdminTexts();
  const { errors } = useTexts();
  const api = useAdminApi();
  const [checked, setChecked] = useState<Checked>({ status: 'not-yet' });
  const check = () => {
    setChecked({ status: 'busy' });
    api.get<AuditVerdict>('audit/verify').then(
      (verdict) => setChecked({ status: 'done', verdict }),
      (error: unknown) => setChecked({ status: 'failed', error }),
    );
  };
  const isBusy = checked.status === 'busy';
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border bg-card px-4 py-3 text-sm">
      <Button onClick={check} busy={isBusy}>
        <ShieldCheck aria-hidden />
        {isBusy ? texts.verifying : texts.verify}
      </Button>
      <div role="status" className="min-w-0 flex-1 basis-56 empty:basis-0">
        {checked.status === 'done' && <Verdict verdict={checked.verdict} />}
        {checked.status === 'failed' && (
          <p className="text-destructive">{toErrorWords(checked.error, errors).message}</p>
        )}
      </div>
    </div>
  );
}

function Verdict({ verdict: { records, head, problem } }: { verdict: AuditVerdict }) {
  const { audit: texts } = useAdminTexts();
  if (problem !== null) return <p className="font-medium text-destructive">{texts.broken(problem)}</p>;
  return (
    <>
      <p className="font-medium text-success">{texts.whole(records)}</p>
      <p className="flex items-center gap-1 text-muted-foreground text-xs">
        <span className="shrink-0">{texts.head}</span> <code className="truncate">{head}</code>{' '}
        <CopyButton text={head} />
      </p>
    </>
  );
}
