'use client';
import { CornerLeftUp, Folder, FolderGit2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { classNames } from '../../lib/class-names.ts';
import type { FolderLine } from '../../lib/folder-lines.ts';
import { shortPath } from '../../lib/short-path.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';

type Props = {
  id: string;
  lines: readonly FolderLine[];
  active: number | undefined;
  /** The folder that is looked into. */
  place: string | undefined;
  onChoose: (line: FolderLine) => void;
};

/** The id of a line, for the field to point to. */
export const lineId = (id: string, index: number) => `${id}-${index}`;

/** The folders that can be chosen. The keyboard stays in the field. */
export function FolderList({ id, lines, active, place, onChoose }: Props) {
  const texts = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active === undefined) list.current?.scrollTo({ top: 0 });
    else
      list.current?.querySelector(`#${CSS.escape(lineId(id, active))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const option = (line: FolderLine) => {
    const index = lines.indexOf(line);
    return (
      <FolderOption
        key={`${line.kind} ${line.path}`}
        id={lineId(id, index)}
        line={line}
        isActive={index === active}
        onChoose={() => onChoose(line)}
      />
    );
  };
  const groups = [
    { kind: 'recent', title: texts.folders.recent },
    { kind: 'folder', title: place === undefined ? texts.folders.start : texts.folders.inside(place) },
  ] as const;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={texts.folders.list}
      className="h-56 max-h-[calc(var(--visible-height)*0.35)] overflow-y-auto overscroll-contain p-1.5"
    >
      {lines.filter(({ kind }) => kind === 'up').map(option)}
      {groups.map(({ kind, title }) => {
        const inGroup = lines.filter((line) => line.kind === kind);
        if (inGroup.length === 0) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list.
          <div key={kind} role="group" aria-label={title}>
            <div aria-hidden className="truncate px-2.5 pt-2 pb-1 font-medium text-muted-foreground text-xs">
              {title}
            </div>
            {inGroup.map(option)}
          </div>
        );
      })}
    </div>
  );
}

type OptionProps = { id: string; line: FolderLine; isActive: boolean; onChoose: () => void };

function FolderOption({ id, line: { kind, path, folder }, isActive, onChoose }: OptionProps) {
  const texts = useTexts();
  const Icon = kind === 'up' ? CornerLeftUp : folder?.repository ? FolderGit2 : Folder;
  const above = path === undefined ? texts.folders.upToStart : texts.folders.up(shortPath(path));
  return (
    <button
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      // NOTE: a click must not take the keyboard out of the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={classNames(
        'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-sm pointer-coarse:py-2.5',
        isActive ? 'bg-accent' : 'hover:bg-accent/50',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <span className={kind === 'recent' ? 'max-w-2/3 shrink-0 truncate' : 'min-w-0 truncate'}>
        {folder ? folder.name : above}
      </span>
      {kind === 'recent' && <span className="min-w-0 truncate text-muted-foreground text-xs">{path}</span>}
      {folder?.repository && (
        <span className={kind === 'recent' ? 'sr-only' : 'ml-auto shrink-0 text-muted-foreground text-xs'}>
          {texts.folders.repository}
        </span>
      )}
    </button>
  );
}
