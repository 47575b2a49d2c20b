'use client';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';

const typingPauseMs = 300;

/** What a page is narrowed to. */
export function FilterBar({ children }: { children: ReactNode }) {
  const texts = useAdminTexts();
  return (
    <search aria-label={texts.filters} className="grid grid-cols-2 gap-3 md:flex md:flex-wrap md:[&>*]:w-44">
      {children}
    </search>
  );
}

type TextProps = {
  label: string;
  value: string | undefined;
  hint?: string;
  onChange: (value: string) => void;
};

/** A filter that is typed; it counts once one pauses. */
export function TextFilter({ label, value = '', hint, onChange }: TextProps) {
  const texts = useAdminTexts();
  const field = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div ref={field} className="relative">
      <TextField
        type="search"
        // NOTE: the browser's own button is blue in the middle of our colours, and no key reaches it.
        className="[&_input]:pr-9 [&_input::-webkit-search-cancel-button]:hidden"
        label={label}
        value={typed}
        placeholder={hint}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      {typed !== '' && (
        <Button
          tone="quiet"
          size="iconSmall"
          className="absolute right-1 bottom-1"
          aria-label={texts.clear(label)}
          onClick={() => {
            setTyped('');
            field.current?.querySelector('input')?.focus();
          }}
        >
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: string | undefined;
  values: readonly Value[];
  words: (value: Value) => string;
  onChange: (value: string) => void;
};

/** A filter that is chosen, or none. */
export function ChoiceFilter<Value extends string>({
  label,
  value = '',
  values,
  words,
  onChange,
}: ChoiceProps<Value>) {
  const texts = useAdminTexts();
  const options = values.map((each) => ({ value: each, label: words(each) }));
  return (
    <SelectField
      label={label}
      value={value}
      options={[{ value: '', label: texts.all }, ...options]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
