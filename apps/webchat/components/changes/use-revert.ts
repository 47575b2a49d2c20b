'use client';
import { AepError, type RevertOptions } from '@hotplex/client-sdk';
import { useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { useTellReverted } from './use-tell-reverted.ts';

/** Puts files back and offers to undo that. `isOther` says that they were changed since they were looked at. */
export function useRevert(): {
  revert: (options: RevertOptions) => Promise<boolean>;
  isOther: boolean;
} {
  const texts = useTexts();
  const { changedFiles } = useWebChat();
  const { sessionId, refresh } = useOpenChanges();
  const tell = useTellReverted();
  const [isOther, setIsOther] = useState(false);
  const fail = (error: unknown) =>
    toast.error(texts.changes.revertFailed, { description: toErrorWords(error, texts.errors).message });

  const revert = async (options: RevertOptions) => {
    setIsOther(false);
    try {
      const result = await changedFiles.revert(sessionId, options);
      tell(result, options.path === undefined ? {} : { path: options.path });
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
