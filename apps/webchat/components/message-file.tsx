'use client';
import type { FileUIPart } from 'ai';
import { FileText } from 'lucide-react';
import { toast } from 'sonner';
import { saveBlob } from '../lib/save-blob.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useSessionPicture } from '../lib/use-session-picture.ts';
import { useAnswering } from './answering-context.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** The gateway says what a file is only when it is asked for; its name says whether it is worth asking. */
const pictureName = /\.(?:png|jpe?g|gif|webp)$/i;

/** A file that went with a prompt: a picture is shown, anything can be saved. */
export function MessageFile({ file }: { file: FileUIPart }) {
  const texts = useTexts();
  const { files } = useWebChat();
  const { id: sessionId } = useAnswering();
  const [, fileId] = /^hotplex-file:(.+)$/.exec(file.url) ?? [];
  const name = file.filename ?? texts.attachments.unnamed;
  const loaded = useSessionPicture(sessionId, pictureName.test(name) ? fileId : undefined);
  const picture = /^data:image\/(?:png|jpeg|gif|webp);base64,/.test(file.url) ? file.url : loaded;
  const save = () => {
    if (fileId === undefined) return;
    files.download(sessionId, fileId).then(
      (blob) => saveBlob(blob, name),
      () => toast.error(texts.attachments.gone(name)),
    );
  };
  const isShown = picture !== undefined && picture !== 'gone';
  return (
    <button
      type="button"
      disabled={fileId === undefined}
      aria-label={texts.attachments.save(name)}
      title={name}
      onClick={save}
      className="flex max-w-full items-center gap-2 overflow-hidden rounded-xl border bg-card text-sm enabled:hover:bg-accent"
    >
      {isShown ? (
        <img src={picture} alt="" className="max-h-48 max-w-full object-contain" />
      ) : (
        <span className="flex min-w-0 items-center gap-2 px-3 py-2">
          <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="truncate">{name}</span>
        </span>
      )}
    </button>
  );
}
