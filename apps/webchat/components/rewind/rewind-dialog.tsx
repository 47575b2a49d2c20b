'use client';
import { useState } from 'react';
import { toErrorWords } from '../../lib/error-words.ts';
import { firstChoice, type RewindChoice } from '../../lib/rewind-choice.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useFetched } from '../../lib/use-fetched.ts';
import { useOpenChanges } from '../changes/changes-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { RewindChoices } from './rewind-choices.tsx';
import { RewoundFiles } from './rewound-files.tsx';
import { useRewind } from './use-rewind.ts';

type Props = { turnId: string; prompt: string; onClose: () => void };

/** Shows what going back would do, asks what of it is wanted, and does it. */
export function RewindDialog({ turnId, prompt, onClose }: Props) {
  const texts = useTexts();
  const { api } = useWebChat();
  const { sessionId } = useOpenChanges();
  const [looks, setLooks] = useState(0);
  const { value: preview, error } = useFetched(
    (signal) => api.previewRewind(sessionId, turnId, { signal }),
    `${sessionId} ${turnId} ${looks}`,
  );
  const [chosen, setChosen] = useState<RewindChoice>();
  const [overwrites, setOverwrites] = useState(false);
  const { rewind, isBusy } = useRewind({ turnId, prompt });
  const choice = chosen ?? (preview && firstChoice(preview));
  const confirm = async () => {
    if (!preview || !choice) return;
    if (await rewind({ preview, choice, overwrites })) onClose();
    else setLooks(looks + 1);
  };
  return (
    <Dialog open onOpenChange={onClose} title={texts.rewind.title}>
      <div className="flex flex-col gap-4 text-sm">
        {looks > 0 && (
          <p role="alert" className="text-warning">
            {texts.changes.changedMeanwhile}
          </p>
        )}
        {error !== undefined && (
          <p role="alert" className="text-destructive">
            {texts.errors.join(texts.rewind.lookFailed, toErrorWords(error, texts.errors).message)}
          </p>
        )}
        {!preview && error === undefined && <p className="text-muted-foreground">{texts.rewind.looking}</p>}
        {preview && <RewindChoices preview={preview} choice={choice} onChoose={setChosen} />}
        {preview && choice && choice !== 'files' && <p>{texts.rewind.turns(preview.turns)}</p>}
        {preview?.files && choice && choice !== 'conversation' && (
          <RewoundFiles files={preview.files} overwrites={overwrites} onOverwrite={setOverwrites} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button tone="danger" disabled={!choice || isBusy} onClick={() => void confirm()}>
            {texts.rewind.confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
