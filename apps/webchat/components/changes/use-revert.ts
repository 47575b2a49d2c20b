'use client';
import { AepError, type RevertOptions, type RevertResult } from '@hotplex/client-sdk';
import { useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';

const undoMs = 15_000;

/** Puts files back and offers to undo that. `isOther` says that they were changed since they were looked at. */
export function useRevert(): {
  revert: (options: RevertOptions) => Promise<boolean>;
  isOther: boolean;
} {
  const texts = useTexts();
  const { changedFiles } = useWebChat();
  const { sessionId, refresh } = useOpenChanges();
  const [isOther, setIsOther] = useState(false);
  const fail = (error: unknown) =>
    toast.error(texts.changes.revertFailed, { description: toErrorWords(error, texts.errors).message });

  const undo = async ({ undo: to, restored, state }: RevertResult, path: string | undefined) => {
    try {
      // One file is taken back whatever happened to the others.
      const seen = path === undefined ? state : (restored[0]?.sha256 ?? null);
      await changedFiles.revert(sessionId, { to, seen, ...(path === undefined ? {} : { path }) });
      toast.success(texts.changes.undoneAgain);
    } catch (error) {
      fail(error);
    }
    await refresh();
  };

  const revert = async (options: RevertOptions) => {
    setIsOther(false);
    try {
      const result = await changedFiles.revert(sessionId, options);
      const reasons = new Set(result.left.map(({ reason }) => texts.changes.leftReasons[reason]));
      const left = `${texts.changes.left(result.left.length)} (${[...reasons].join(', ')})`;
      toast.success(texts.changes.reverted(result.restored.length), {
        ...(reasons.size > 0 ? { description: left } : {}),
        duration: undoMs,
        action: { label: texts.changes.undo, onClick: () => void undo(result, options.path) },
      });
      return true;
    } catch (error) {
      const changed = error instanceof AepError && error.details?.reason === 'changed';
      if (changed) setIsOther(true);
      else fail(error);
      return !changed;
    } finally {
      await refresh();
    }
  };
  return { revert, isOther };
}
