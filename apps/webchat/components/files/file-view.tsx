'use client';
import type { WorkDirFile } from '@hotplex/client-sdk';
import { ArrowLeft, Download, WrapText, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { OpenedFile } from '../../lib/changes.ts';
import { toErrorWords } from '../../lib/error-words.ts';
import { saveBlob } from '../../lib/save-blob.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useFetched } from '../../lib/use-fetched.ts';
import { useOpenChanges } from '../changes/changes-context.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { FileContent } from './file-content.tsx';
import { FileFailure } from './file-failure.tsx';

const toggle = 'aria-pressed:bg-accent aria-pressed:text-foreground';

/** A file of the work directory, to be read and spoken about. */
export function FileView({ file: { path, line } }: { file: OpenedFile }) {
  const texts = useTexts();
  const { api } = useWebChat();
  const { sessionId, list, open, close } = useOpenChanges();
  const [wraps, setWraps] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // It is read anew when something may have changed in the folder.
  const { value: file, error } = useFetched<WorkDirFile>(
    (signal) => api.file(sessionId, path, { signal }),
    `${sessionId} ${path} ${list?.state}`,
  );
  useEffect(() => heading.current?.focus(), [path]);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const save = () =>
    api.fileBytes(sessionId, path).then(
      (blob) => saveBlob(blob, name),
      (failure: unknown) =>
        toast.error(texts.files.saveFailed, { description: toErrorWords(failure, texts.errors).message }),
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is for whatever is focused inside
    <div onKeyDown={onKeyDown} className="flex min-w-0 flex-1 flex-col">
      <TopBar>
        <Button
          tone="quiet"
          size="icon"
          aria-label={texts.files.back}
          title={texts.files.back}
          onClick={() => open()}
        >
          <ArrowLeft aria-hidden />
        </Button>
        <h2
          ref={heading}
          tabIndex={-1}
          title={path}
          className="min-w-0 flex-1 truncate font-mono text-xs outline-none"
        >
          <span className="text-muted-foreground">{path.slice(0, -name.length)}</span>
          {name}
        </h2>
        <div className="flex shrink-0 gap-1">
          {typeof file?.text === 'string' && (
            <>
              <Button
                tone="quiet"
                size="icon"
                className={toggle}
                aria-pressed={wraps}
                aria-label={texts.files.wrap}
                title={texts.files.wrap}
                onClick={() => setWraps(!wraps)}
              >
                <WrapText aria-hidden />
              </Button>
              <CopyButton text={file.text} label={texts.files.copy} className="size-9 [&_svg]:size-4" />
            </>
          )}
          {file && file.sha256 !== null && (
            <Button
              tone="quiet"
              size="icon"
              aria-label={texts.files.save}
              title={texts.files.save}
              onClick={() => void save()}
            >
              <Download aria-hidden />
            </Button>
          )}
          <Button tone="quiet" size="icon" aria-label={texts.files.close} onClick={close}>
            <X aria-hidden />
          </Button>
        </div>
      </TopBar>
      <div className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {error !== undefined && <FileFailure error={error} />}
        {!file && error === undefined && <Skeleton className="m-4 h-24" />}
        {file && <FileContent file={file} line={line} wraps={wraps} />}
      </div>
    </div>
  );
}
