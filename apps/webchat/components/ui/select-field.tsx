import { type ComponentProps, useId } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { Select } from './select.tsx';

type Props = ComponentProps<'select'> & {
  label: string;
  error?: string | undefined;
  /** Below the list: what the choice means. */
  hint?: string | undefined;
  options: { value: string; label: string; disabled?: boolean; title?: string | undefined }[];
};

/** A labelled choice. */
export function SelectField({ label, error, hint, options, ...props }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Select
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="h-9 pr-9 pl-3 text-sm"
        {...props}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled} title={option.title}>
            {option.label}
          </option>
        ))}
      </Select>
      {note !== undefined && (
        <p
          id={`${id}-note`}
          role={error === undefined ? undefined : 'alert'}
          className={classNames(
            'text-xs',
            error === undefined ? 'text-muted-foreground' : 'text-destructive',
          )}
        >
          {note}
        </p>
      )}
    </div>
  );
}
