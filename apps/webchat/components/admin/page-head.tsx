'use client';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { Button } from '../ui/button.tsx';

type Props = { title: string; onRefresh: () => void; children?: ReactNode };

/** The title of a page, what can be done with all of it, and the way to see it as it is now. */
export function PageHead({ title, onRefresh, children }: Props) {
  const texts = useAdminTexts();
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <div className="flex gap-2">
        {children}
        <Button onClick={onRefresh} aria-label={texts.refresh} title={texts.refresh} size="icon">
          <RefreshCw aria-hidden />
        </Button>
      </div>
    </div>
  );
}
