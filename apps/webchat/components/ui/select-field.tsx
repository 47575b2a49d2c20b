import { type ComponentProps, useId } from 'react';

type Props = ComponentProps<'select'> & {
  label: string;
  error?: string | undefined;
  options: { value: string; label: string }[];
};

/** A labelled choice. The browser's own list: it works with every keyboard, screen reader and phone. */
export function SelectField({ label, error, options, ...props }: Props) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        className="h-9 w-full rounded-md border border-input bg-card px-2.5 text-sm aria-invalid:border-destructive"
        {...props}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-xs text-destructive">
          {error}
        </p>
      )}
    </div>
  );
}
