'use client';
import { File, Folder } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { CompletionItem } from '../lib/use-completion.ts';

type Props = {
  id: string;
  label: string;
  items: readonly CompletionItem[];
  active: number;
  /** What else can be done with a line. */
  hint: string | undefined;
  onChoose: (item: CompletionItem) => void;
  /** Shows what a line stands for. */
  onShow: (item: CompletionItem) => void;
};

/** The id of the line that is chosen by Enter, for the field to point to. */
export const optionId = (id: string, index: number) => `${id}-${index}`;

/** What the word at the caret may become. The keyboard stays in the field. */
export function CompletionList({ id, label, items, active, hint, onChoose, onShow }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(id, active))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-[min(18rem,calc(var(--visible-height)*0.5))] overflow-y-auto rounded-2xl border border-input bg-popover p-1.5 shadow-lg"
    >
      {items.map((item, index) => {
        const Icon = item.isWhole ? File : Folder;
        return (
          <button
            key={item.word}
            id={optionId(id, index)}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // NOTE: a click must not take the keyboard out of the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => (event.altKey ? onShow(item) : onChoose(item))}
            className={classNames(
              'flex w-full items-baseline gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-sm pointer-coarse:py-2.5',
              index === active ? 'bg-accent' : 'hover:bg-accent/50',
            )}
          >
            {item.kind === 'path' && (
              <Icon aria-hidden className="size-3.5 shrink-0 self-center text-muted-foreground" />
            )}
            <span className="max-w-[calc(100%-1.5rem)] shrink-0 truncate font-mono text-[0.82rem]">
              {item.name}
            </span>
            <span className="min-w-0 truncate text-muted-foreground text-xs">{item.detail}</span>
          </button>
        );
      })}
      {hint !== undefined && (
        <p aria-hidden className="px-2.5 pt-1.5 pb-0.5 text-muted-foreground text-xs pointer-coarse:hidden">
          {hint}
        </p>
      )}
    </div>
  );
}
