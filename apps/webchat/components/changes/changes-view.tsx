'use client';
import { Columns2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { barTitle, TopBar } from '../ui/top-bar.tsx';
import { ChangedFile } from './changed-file.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { LeftOut } from './left-out.tsx';
import { RewindButton } from './rewind-button.tsx';
import { SinceField } from './since-field.tsx';

/** So few are shown with all their lines at once. */
const fewFiles = 3;

/** The files that are other than they were, each with its lines. */
export function ChangesView({ prompts }: { prompts: ReadonlyMap<string, string> }) {
  const texts = useTexts();
  const { since, list, error, close } = useOpenChanges();
  const [split, setSplit] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is for whatever is focused inside
    <div onKeyDown={onKeyDown} className="flex min-w-0 flex-1 flex-col">
      <TopBar className="pl-3">
        <h2 ref={heading} tabIndex={-1} className={classNames(barTitle, 'shrink-0 outline-none')}>
          {texts.changes.title}
        </h2>
        <SinceField prompts={prompts} />
        <Button
          tone="quiet"
          size="icon"
          className="ml-auto aria-pressed:bg-accent aria-pressed:text-foreground max-sm:hidden"
          aria-pressed={split}
          aria-label={texts.changes.layout}
          title={texts.changes.layout}
          onClick={() => setSplit(!split)}
        >
          <Columns2 aria-hidden />
        </Button>
        <Button
          tone="quiet"
          size="icon"
          className="max-sm:ml-auto"
          aria-label={texts.changes.close}
          onClick={close}
        >
          <X aria-hidden />
        </Button>
      </TopBar>
      <div className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {error !== undefined && (
          <p role="alert" className="m-3 text-destructive text-sm">
            {texts.errors.join(texts.changes.failed, toErrorWords(error, texts.errors).message)}
          </p>
        )}
        {!list && error === undefined && <Skeleton className="m-4 h-24" />}
        {list && list.files.length === 0 && (
          <p className="px-4 py-10 text-center text-muted-foreground text-sm">
            <span className="block font-medium text-foreground">{texts.changes.none}</span>
            {list.since === null ? texts.changes.unknown : texts.changes.noneExplain}
          </p>
        )}
        {list && list.files.length > 0 && (
          <>
            <div className="flex items-center gap-2 px-3 pt-2.5 text-muted-foreground text-xs">
              {texts.changes.count(list.files.length)}
              <RewindButton list={list} />
            </div>
            <ul aria-label={texts.changes.title} className="flex flex-col gap-2 p-3 pt-2">
              {list.files.map((file) => (
                <ChangedFile
                  key={`${since} ${file.path}`}
                  file={file}
                  split={split}
                  startsOpen={list.files.length <= fewFiles}
                />
              ))}
            </ul>
          </>
        )}
        {list && <LeftOut list={list} />}
      </div>
    </div>
  );
}
