'use client';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { Keys } from './ui/keys.tsx';

type Props = {
  id: string;
  /** What it is found by. */
  keywords: string[];
  icon: ReactNode;
  label: string;
  detail?: string | undefined;
  keys?: readonly string[] | undefined;
  disabled?: boolean;
  onSelect: () => void;
};

/** One line of the palette. */
export function PaletteItem({ id, keywords, icon, label, detail, keys, disabled = false, onSelect }: Props) {
  return (
    <Command.Item
      value={id}
      keywords={keywords}
      disabled={disabled}
      onSelect={onSelect}
      className="flex cursor-pointer select-none items-center gap-2.5 rounded-lg px-2.5 py-2 text-sm data-[disabled=true]:cursor-default data-[selected=true]:bg-accent data-[disabled=true]:text-muted-foreground pointer-coarse:py-2.5"
    >
      <span className="flex size-4 shrink-0 items-center justify-center">{icon}</span>
      <span className="min-w-0 truncate">{label}</span>
      {detail !== undefined && (
        <span className="ml-auto min-w-0 shrink-[2] truncate text-muted-foreground text-xs">{detail}</span>
      )}
      {keys && (
        <span className="ml-auto">
          <Keys keys={keys} />
        </span>
      )}
    </Command.Item>
  );
}
