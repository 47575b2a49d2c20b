'use client';
import type { ChangedFile as File } from '@hotplex/client-sdk';
import { Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ChangedLines } from './changed-lines.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { FileLines } from './file-lines.tsx';
import { RevertButton } from './revert-button.tsx';

type Props = { file: File; split: boolean; startsOpen: boolean };

/** One changed file: what became of it in one line, and its lines when opened. */
export function ChangedFile({ file, split, startsOpen }: Props) {
  const texts = useTexts();
  const [open, setOpen] = useState(startsOpen);
  const [whole, setWhole] = useState(false);
  const isThere = file.kind !== 'deleted' || file.undone;
  return (
    <li className="overflow-hidden rounded-lg border bg-card text-sm">
      <Disclosure
        testId="changed-file"
        open={open}
        onOpenChange={setOpen}
        className="[&>button]:px-2.5 [&>button]:py-2"
        summary={<Summary file={file} />}
      >
        <div className="flex flex-wrap items-center gap-1 border-t bg-muted/60 px-2 py-1">
          {isThere && (
            <fieldset className="flex gap-0.5">
              <legend className="sr-only">{file.path}</legend>
              {[false, true].map((each) => (
                <Button
                  key={String(each)}
                  size="small"
                  tone="quiet"
                  aria-pressed={whole === each}
                  className="aria-pressed:bg-accent aria-pressed:text-foreground"
                  onClick={() => setWhole(each)}
                >
                  {each ? texts.changes.asFile : texts.changes.asDiff}
                </Button>
              ))}
            </fieldset>
          )}
          <span className="ml-auto flex items-center gap-1">
            {isThere && <OpenFileButton path={file.path} />}
            <CopyButton text={file.path} label={`${texts.labelled(texts.copy)}${file.path}`} />
            {file.revertible && <RevertButton file={file} />}
          </span>
        </div>
        {whole && isThere ? <FileLines file={file} /> : <ChangedLines file={file} split={split} />}
      </Disclosure>
    </li>
  );
}

function OpenFileButton({ path }: { path: string }) {
  const texts = useTexts();
  const { openFile } = useOpenChanges();
  return (
    <Button
      tone="quiet"
      size="iconSmall"
      className="[&_svg]:size-3.5"
      aria-label={texts.files.open(path)}
      title={texts.files.open(path)}
      onClick={() => openFile(path)}
    >
      <Maximize2 aria-hidden />
    </Button>
  );
}

const looks = { added: 'text-success', modified: 'text-warning', deleted: 'text-destructive' } as const;

function Summary({ file: { path, kind, added, removed, undone } }: { file: File }) {
  const texts = useTexts();
  const at = path.lastIndexOf('/') + 1;
  return (
    <>
      <span className={classNames('min-w-0 truncate font-mono text-xs', undone && 'line-through opacity-70')}>
        <span className="text-muted-foreground">{path.slice(0, at)}</span>
        {path.slice(at)}
      </span>
      <span className={classNames('shrink-0 text-xs', undone ? 'text-muted-foreground' : looks[kind])}>
        {undone ? texts.changes.undone : texts.changes.kind[kind]}
      </span>
      {added !== null && removed !== null && (
        <span className="ml-auto shrink-0 font-mono text-xs tabular-nums">
          <span className="sr-only">{texts.changes.lines(added, removed)}</span>
          <span aria-hidden className="text-success">
            +{added}
          </span>{' '}
          <span aria-hidden className="text-destructive">
            −{removed}
          </span>
        </span>
      )}
    </>
  );
}
