'use client';
import { FolderSearch } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { toCreationProblem } from '../../lib/creation-problem.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { type FolderChoice, useFolderChoice } from '../../lib/use-folder-choice.ts';
import { useMedia } from '../../lib/use-media.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FolderList, lineId } from './folder-list.tsx';

type Props = {
  value: string;
  onChange: (path: string) => void;
  hint?: string;
  error?: string | undefined;
};

/** The path of a folder of the gateway's machine, typed or found by going from folder to folder. */
export function WorkDirField({ value, onChange, hint, error }: Props) {
  const texts = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // A finger opens the list to see it, not a keyboard that covers it.
  const isTouched = useMedia('(pointer: coarse)');
  const choice = useFolderChoice({ value, onChange, error });
  const { look, lines, active } = choice;
  // Of a path that is longer than the field its end says more.
  useEffect(() => {
    if (look?.typed === '') field.current?.scrollTo({ left: field.current.scrollWidth });
  }, [look]);
  const isOpen = look !== undefined;
  const whole = useRef<HTMLDivElement>(null);
  // Below the field there may be the end of the window, or a keyboard.
  useEffect(() => {
    if (isOpen) whole.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <div ref={whole} className="flex min-w-0 flex-col gap-1.5">
      <TextField
        ref={field}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={look && id}
        aria-activedescendant={active === undefined ? undefined : lineId(id, active)}
        label={texts.newSession.workDir}
        {...(hint === undefined ? {} : { hint })}
        error={error}
        required
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        value={value}
        onChange={(event) => choice.type(event.target.value)}
        onKeyDown={choice.onKey}
        action={
          <Button
            size="icon"
            aria-label={texts.folders.browse}
            title={texts.folders.browse}
            aria-expanded={isOpen}
            onClick={() => {
              choice.toggle();
              if (!isTouched) field.current?.focus();
            }}
          >
            <FolderSearch aria-hidden />
          </Button>
        }
      />
      {look && (
        <div className="overflow-hidden rounded-md border border-input bg-card">
          <FolderList id={id} lines={lines} active={active} place={look.folder} onChoose={choice.choose} />
          <FolderNote {...choice} />
        </div>
      )}
    </div>
  );
}

/** What there is to say of the folder that is looked into; how many are in it is said to those who cannot see it. */
function FolderNote({ look, folders: { list, error }, lines }: FolderChoice) {
  const texts = useTexts();
  const found = lines.filter(({ kind }) => kind === 'folder').length;
  const isPassage = list !== undefined && list.path !== null && !list.work_dir && look?.typed === '';
  const nothing = look?.typed ? texts.folders.noMatch(look.typed) : texts.folders.none;
  const told = [
    error !== undefined && toCreationProblem(error, texts).message,
    list && found === 0 && nothing,
    isPassage && texts.folders.passage,
    list?.complete === false && texts.folders.more,
  ].filter((words) => typeof words === 'string');
  return (
    <div role="status" className="border-t px-3 py-2 text-muted-foreground text-xs">
      {found > 0 && <p className="sr-only">{texts.folders.count(found)}</p>}
      {told.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p className="pointer-coarse:hidden">{texts.folders.keys}</p>
    </div>
  );
}
