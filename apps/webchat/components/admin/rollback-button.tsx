'use client';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { Button } from '../ui/button.tsx';
import { useAdminApi } from './admin-context.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Props = { version: number; onDone: () => void };

/** Puts an earlier configuration in force, once that is confirmed. */
export function RollbackButton({ version, onDone }: Props) {
  const { history: texts } = useAdminTexts();
  const api = useAdminApi();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button
        tone="quiet"
        size="iconSmall"
        aria-label={texts.rollbackTo(version)}
        title={texts.rollbackTo(version)}
        onClick={() => setIsAsking(true)}
      >
        <History aria-hidden />
      </Button>
      {isAsking && (
        <ConfirmDialog
          {...{ title: texts.rollbackTitle(version), explain: texts.rollbackExplain, action: texts.rollback }}
          {...{ done: texts.rolledBack(version), run: () => api.rollback(version), onDone }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
