'use client';
import type { ChangeList } from '@hotplex/client-sdk';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { RevertDialog } from './revert-dialog.tsx';
import { useRevert } from './use-revert.ts';

/** Puts all files back to how they were when the session, or the turn that is shown, began. */
export function RewindButton({ list }: { list: ChangeList }) {
  const texts = useTexts();
  const { since } = useOpenChanges();
  const { revert, isOther } = useRevert();
  const [asking, setAsking] = useState(false);
  const files = list.files.filter(({ revertible }) => revertible).length;
  if (files === 0) return null;
  const confirm = async () => {
    if (await revert({ to: since, seen: list.state, force: isOther })) setAsking(false);
  };
  const what = since === 'start' ? texts.changes.rewindExplain(files) : texts.changes.rewindTurn;
  return (
    <>
      <Button size="small" tone="quiet" className="ml-auto" onClick={() => setAsking(true)}>
        <Undo2 aria-hidden />
        {texts.changes.rewind}
      </Button>
      {asking && (
        <RevertDialog
          title={texts.changes.rewindTitle}
          words={[what, texts.changes.rewindFolder, texts.changes.rewindTalk]}
          action={texts.changes.rewind}
          isOther={isOther}
          onClose={() => setAsking(false)}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
