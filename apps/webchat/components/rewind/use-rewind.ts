import { AepError, type RewindPreview } from '@hotplex/client-sdk';
import { useState } from 'react';
import { toast } from 'sonner';
import { toErrorWords } from '../../lib/error-words.ts';
import type { RewindChoice } from '../../lib/rewind-choice.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useOpenChanges } from '../changes/changes-context.tsx';
import { useTellReverted } from '../changes/use-tell-reverted.ts';
import { useWebChat } from '../web-chat-context.tsx';

type Wanted = { preview: RewindPreview; choice: RewindChoice; overwrites: boolean };

type Rewind = {
  /** Whether it is over: false if files were changed since they were looked at, and have to be looked at again. */
  rewind: (wanted: Wanted) => Promise<boolean>;
  isBusy: boolean;
};

/** Goes back to before a message and says so; its words are in the field again, if that is empty. */
export function useRewind({ turnId, prompt }: { turnId: string; prompt: string }): Rewind {
  const texts = useTexts();
  const { api, drafts } = useWebChat();
  const { sessionId, refresh, offerUndo } = useOpenChanges();
  const tellReverted = useTellReverted();
  const [isBusy, setIsBusy] = useState(false);

  const rewind = async ({ preview, choice, overwrites }: Wanted) => {
    setIsBusy(true);
    try {
      const { turns, files } = await api.rewind(sessionId, {
        turnId,
        ...{ conversation: choice !== 'files', files: choice !== 'conversation', keepEdited: !overwrites },
        ...(preview.files ? { seen: preview.files.state } : {}),
      });
      const done = turns === null ? undefined : texts.rewind.done(turns);
      if (files) tellReverted(files, done === undefined ? {} : { before: done });
      else if (done !== undefined) toast.success(done);
      if (turns !== null && drafts.get(sessionId) === '') drafts.append(sessionId, prompt);
      return true;
    } catch (error) {
      if (error instanceof AepError && error.details?.reason === 'changed') return false;
      toast.error(texts.rewind.failed, { description: toErrorWords(error, texts.errors).message });
      const to = error instanceof AepError ? error.details?.undo : undefined;
      const seen = await refresh();
      if (typeof to === 'string' && seen !== undefined)
        offerUndo({ to, path: undefined, seen, words: texts.rewind.onlyFiles });
      return true;
    } finally {
      setIsBusy(false);
      await refresh();
    }
  };
  return { rewind, isBusy };
}
