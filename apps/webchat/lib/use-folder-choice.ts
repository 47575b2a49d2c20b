'use client';
import { type KeyboardEvent, useEffect, useState } from 'react';
import {
  asPrefix,
  type FolderLine,
  type FolderLook,
  folderLines,
  likeliest,
  lookAt,
} from './folder-lines.ts';
import { type Folders, useFolders } from './use-folders.ts';

export type FolderChoice = {
  /** What is looked at; undefined while the list is closed. */
  look: FolderLook | undefined;
  folders: Folders;
  lines: readonly FolderLine[];
  /** The position of the line that Enter takes. */
  active: number | undefined;
  toggle: () => void;
  choose: (line: FolderLine) => void;
  /** Somebody typed. */
  type: (text: string) => void;
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
};

type Options = {
  value: string;
  onChange: (path: string) => void;
  /** Why the path was refused: then there is something else to be seen than the list. */
  error: string | undefined;
};

/** Chooses a folder by going from one into the next, from the keyboard of a field that holds its path. */
export function useFolderChoice({ value, onChange, error }: Options): FolderChoice {
  const [look, setLook] = useState<FolderLook>();
  /** What the arrows led to. */
  const [position, setPosition] = useState<number>();
  const folders = useFolders(look);
  useEffect(() => {
    if (error !== undefined) setLook(undefined);
  }, [error]);
  const isKnown = folders.list !== undefined || folders.error !== undefined;
  const lines = look && isKnown ? folderLines(look, folders) : [];
  const active = position ?? (look && likeliest(lines, look));

  const turnTo = (next: FolderLook | undefined) => {
    setLook(next);
    setPosition(undefined);
  };
  const open = () => turnTo({ folder: value.trim() || undefined, typed: '', isFirst: true });
  const choose = ({ path }: FolderLine) => {
    onChange(path === undefined ? '' : asPrefix(path));
    turnTo({ folder: path, typed: '', isFirst: false });
  };
  return {
    ...{ look, folders, lines, active, choose },
    toggle: () => (look ? turnTo(undefined) : open()),
    type: (text) => {
      onChange(text);
      turnTo(lookAt(text));
    },
    onKey: (event) => {
      if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const act = keyAct(event, { look, lines, active });
      if (act === undefined) return;
      if (act !== 'leave') event.preventDefault();
      if (act === 'open') open();
      else if (act === 'close' || act === 'leave') turnTo(undefined);
      else if (typeof act === 'number') setPosition(act);
      else choose(act);
    },
  };
}

type Act = 'open' | 'close' | 'leave' | number | FolderLine;

/** What a key does to the list: opens or closes it, moves to a line or takes one. */
function keyAct(
  { key, currentTarget: { value, selectionStart, selectionEnd } }: KeyboardEvent<HTMLInputElement>,
  { look, lines, active }: Pick<FolderChoice, 'look' | 'lines' | 'active'>,
): Act | undefined {
  if (!look) return key === 'ArrowDown' ? 'open' : undefined;
  const { length } = lines;
  switch (key) {
    case 'ArrowDown':
      return length === 0 ? undefined : active === undefined ? 0 : (active + 1) % length;
    case 'ArrowUp':
      return length === 0 ? undefined : ((active ?? 0) - 1 + length) % length;
    case 'Enter':
      return active === undefined ? 'leave' : lines[active];
    case 'Backspace': {
      const isAtEnd = selectionStart === value.length && selectionEnd === value.length;
      return isAtEnd && value.endsWith('/') ? lines.find(({ kind }) => kind === 'up') : undefined;
    }
    case 'Escape':
      return 'close';
    case 'Tab':
      return 'leave';
    default:
      return undefined;
  }
}
