'use client';
import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = { value: string; onChange: (value: string) => void };

/** Where to type what is looked for; Escape empties it. */
export function SearchField({ value, onChange }: Props) {
  const texts = useTexts();
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className="relative min-w-0 flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2.5 left-2.5 size-3.5 text-muted-foreground"
      />
      <input
        ref={field}
        aria-label={texts.search.label}
        placeholder={texts.search.placeholder}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
        }}
        className="h-8.5 w-full rounded-md border border-input bg-card pr-8 pl-8 text-sm placeholder:text-muted-foreground max-md:text-base"
      />
      {value !== '' && (
        <Button
          tone="quiet"
          size="iconSmall"
          className="absolute top-[0.1875rem] right-0.5"
          aria-label={texts.search.clear}
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
        >
          <X aria-hidden />
        </Button>
      )}
    </search>
  );
}
