'use client';
import { FileText, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import { attachmentProblem } from '../lib/attachment-problem.ts';
import type { Attachment } from '../lib/attachments.ts';
import { formatSize } from '../lib/format-size.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = { attachments: readonly Attachment[]; onRemove: (key: string) => void };

/** The files that go with the next message. */
export function AttachmentList({ attachments, onRemove }: Props) {
  const texts = useTexts();
  if (attachments.length === 0) return null;
  return (
    <ul aria-label={texts.attachments.title} className="flex flex-wrap gap-2 px-1 pt-1 pb-2">
      {attachments.map((attachment) => (
        <li
          key={attachment.key}
          data-state={attachment.state}
          className="flex max-w-full items-center gap-2 rounded-lg border bg-background py-1 pr-1 pl-1.5 text-sm data-[state=failed]:border-destructive/50"
        >
          <Picture attachment={attachment} />
          <span className="min-w-0">
            <span className="block max-w-48 truncate">{attachment.name}</span>
            <Standing attachment={attachment} />
          </span>
          <Button
            tone="quiet"
            size="iconSmall"
            aria-label={texts.attachments.remove(attachment.name)}
            onClick={() => onRemove(attachment.key)}
          >
            <X aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Picture({ attachment: { preview, state } }: { attachment: Attachment }) {
  if (state === 'failed') return <TriangleAlert aria-hidden className="size-5 shrink-0 text-destructive" />;
  if (preview === undefined)
    return <FileText aria-hidden className="size-5 shrink-0 text-muted-foreground" />;
  return <img src={preview} alt="" className="size-9 shrink-0 rounded object-cover" />;
}

function Standing({ attachment }: { attachment: Attachment }) {
  const texts = useTexts();
  if (attachment.state === 'failed')
    return (
      <span role="alert" className="block text-destructive text-xs">
        {attachmentProblem(attachment.error, texts)}
      </span>
    );
  return (
    <span className="flex items-center gap-1 text-muted-foreground text-xs">
      {attachment.state === 'uploading' && (
        <>
          <LoaderCircle aria-hidden className="size-3 motion-safe:animate-spin" />
          {texts.attachments.uploading}
        </>
      )}
      {attachment.state === 'ready' && formatSize(attachment.size)}
    </span>
  );
}
