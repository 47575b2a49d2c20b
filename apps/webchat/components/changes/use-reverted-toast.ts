import type { RevertResult } from '@hotplex/client-sdk';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';

const undoMs = 15_000;

/** Says what was put back and what was not, and offers to undo it. `path`: of one file; `before`: what is said first. */
export function useRevertedToast(): (
  result: RevertResult,
  about?: { path?: string; before?: string },
) => void {
  const texts = useTexts();
  const { changedFiles } = useWebChat();
  const { sessionId, refresh } = useOpenChanges();

  const undo = async ({ undo: to, restored, state }: RevertResult, path: string | undefined) => {
    try {
      // One file is taken back whatever happened to the others.
      const seen = path === undefined ? state : (restored[0]?.sha256 ?? null);
      await changedFiles.revert(sessionId, { to, seen, ...(path === undefined ? {} : { path }) });
      toast.success(texts.changes.undoneAgain);
    } catch (error) {
      toast.error(texts.changes.revertFailed, { description: toErrorWords(error, texts.errors).message });
    }
    await refresh();
  };

  return (result, { path, before } = {}) => {
    const reasons = new Set(result.left.map(({ reason }) => texts.changes.leftReasons[reason]));
    const left = `${texts.changes.left(result.left.length)} (${[...reasons].join(', ')})`;
    const reverted = texts.changes.reverted(result.restored.length);
    toast.success(before === undefined ? reverted : `${before} ${reverted}`, {
      ...(reasons.size > 0 ? { description: left } : {}),
      duration: undoMs,
      action: {
        label: before === undefined ? texts.changes.undo : texts.rewind.undoFiles,
        onClick: () => void undo(result, path),
      },
    });
  };
}
