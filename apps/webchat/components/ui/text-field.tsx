import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '../../lib/class-names.ts';

type Props = ComponentProps<'input'> & {
  label: string;
  hint?: string;
  error?: string | undefined;
  hideLabel?: boolean;
  /** Stands at the end of the line. */
  action?: ReactNode;
};

/** A labelled line of text with its hint and its error. */
export function TextField({ label, hint, error, hideLabel = false, action, className, ...props }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          className="h-9 w-full min-w-0 rounded-md border border-input bg-card px-3 text-sm placeholder:text-muted-foreground aria-invalid:border-destructive"
          {...props}
        />
        {action}
      </div>
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
