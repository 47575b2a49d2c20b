import type { RevertResult } from '@hotplex/client-sdk';
import { toast } from 'sonner';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useOpenChanges } from './changes-context.tsx';

/**
 * Says what was put back and what was not; above the field it can be undone from now on. `path`: of one file; `before`:
 * what is said first.
 */
export function useTellReverted(): (
  result: RevertResult,
  about?: { path?: string; before?: string },
) => void {
  const texts = useTexts();
  const { offerUndo } = useOpenChanges();
  return ({ restored, left, undo, state }, { path, before } = {}) => {
    const reasons = new Set(left.map(({ reason }) => texts.changes.leftReasons[reason]));
    const reverted = texts.changes.reverted(restored.length);
    const words = before === undefined ? reverted : `${before} ${reverted}`;
    toast.success(words, {
      ...(reasons.size > 0
        ? { description: `${texts.changes.left(left.length)} (${[...reasons].join(', ')})` }
        : {}),
    });
    // One file is taken back whatever happened to the others.
    const seen = path === undefined ? state : (restored[0]?.sha256 ?? null);
    if (restored.length > 0) offerUndo({ to: undo, path, seen, words });
  };
}
