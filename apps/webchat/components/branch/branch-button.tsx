'use client';
import { GitBranch } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useBranching } from './branching-context.tsx';

/** Goes on from the end of a turn in a new session; nothing where there is no such way. */
export function BranchButton({ turnId }: { turnId: string }) {
  const texts = useTexts();
  const branching = useBranching();
  const [isBusy, setIsBusy] = useState(false);
  if (!branching || branching.obstacle !== undefined) return null;
  const branchOff = async () => {
    setIsBusy(true);
    await branching.branchOff({ afterTurn: turnId });
    setIsBusy(false);
  };
  return (
    <Button
      tone="quiet"
      size="iconSmall"
      className="-my-1.5 [&_svg]:size-3.5"
      aria-label={texts.branch.after}
      title={texts.branch.after}
      busy={isBusy}
      onClick={() => void branchOff()}
    >
      <GitBranch aria-hidden />
    </Button>
  );
}
