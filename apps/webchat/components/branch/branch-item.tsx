'use client';
import { GitBranch } from 'lucide-react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { MenuItem } from '../ui/menu.tsx';
import { useBranching } from './branching-context.tsx';

type Props = { turnId: string; prompt: string };

/** Says a message anew, in a new session that ends before it; where that cannot be it says why. */
export function BranchItem({ turnId, prompt }: Props) {
  const texts = useTexts();
  const branching = useBranching();
  if (!branching) return null;
  const { obstacle, branchOff } = branching;
  return (
    <MenuItem
      disabled={obstacle !== undefined}
      className="max-w-64"
      onSelect={() => void branchOff({ beforeTurn: turnId, prompt })}
    >
      <GitBranch aria-hidden className="shrink-0" />
      <span className="flex flex-col">
        {texts.branch.before}
        <span className="text-muted-foreground text-xs">{obstacle ?? texts.branch.explain}</span>
      </span>
    </MenuItem>
  );
}
