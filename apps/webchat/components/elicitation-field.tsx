'use client';
import type { FormField } from '../lib/form-fields.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { SelectField } from './ui/select-field.tsx';
import { TextField } from './ui/text-field.tsx';

type Props = { field: FormField; value: string | boolean; onChange: (value: string | boolean) => void };

/** One field of an MCP server's form. */
export function ElicitationField({ field, value, onChange }: Props) {
  const texts = useTexts();
  const label = field.required ? texts.elicitation.required(field.label) : field.label;
  switch (field.kind) {
    case 'boolean':
      return (
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          {label}
        </label>
      );
    case 'choice':
      return (
        <SelectField
          label={label}
          required={field.required}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
          options={[{ value: '', label: '—' }, ...field.options]}
        />
      );
    default:
      return (
        <TextField
          label={label}
          {...(field.hint === undefined ? {} : { hint: field.hint })}
          required={field.required}
          type={field.kind === 'text' ? 'text' : 'number'}
          step={field.kind === 'number' ? 'any' : undefined}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
