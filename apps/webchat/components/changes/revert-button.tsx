'use client';
import type { ChangedFile } from '@hotplex/client-sdk';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { RevertDialog } from './revert-dialog.tsx';
import { useRevert } from './use-revert.ts';

/** Puts one file back, once that was confirmed. */
export function RevertButton({ file: { path, kind, sha256 } }: { file: ChangedFile }) {
  const texts = useTexts();
  const { since } = useOpenChanges();
  const { revert, isOther } = useRevert();
  const [asking, setAsking] = useState(false);
  const confirm = async () => {
    if (await revert({ to: since, path, seen: sha256, force: isOther })) setAsking(false);
  };
  return (
    <>
      <Button size="small" tone="quiet" onClick={() => setAsking(true)}>
        <Undo2 aria-hidden />
        {texts.changes.revert}
      </Button>
      {asking && (
        <RevertDialog
          title={texts.changes.revertTitle}
          words={[kind === 'added' ? texts.changes.revertNew(path) : texts.changes.revertExplain(path)]}
          action={texts.changes.revert}
          isOther={isOther}
          onClose={() => setAsking(false)}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
