import { type ComponentProps, useId } from 'react';
import { classNames } from '../../lib/class-names.ts';

type Props = ComponentProps<'input'> & {
  label: string;
  hint?: string;
  error?: string | undefined;
  hideLabel?: boolean;
};

/** A labelled line of text with its hint and its error. */
export function TextField({ label, hint, error, hideLabel = false, className, ...props }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="h-9 w-full rounded-md border border-input bg-card px-3 text-sm placeholder:text-muted-foreground aria-invalid:border-destructive"
        {...props}
      />
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
