import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, MouseEvent } from 'react';
import { classNames } from '../../lib/class-names.ts';

/** For links that look like buttons, too. */
export const buttonLook = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap disabled:cursor-not-allowed disabled:border-transparent disabled:bg-muted disabled:text-muted-foreground aria-disabled:cursor-progress enabled:hover:transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-primary text-primary-foreground enabled:hover:bg-primary-hover forced-colors:border',
        plain: 'border bg-card text-foreground enabled:hover:bg-accent',
        quiet: 'text-muted-foreground enabled:hover:bg-accent enabled:hover:text-foreground',
        danger: 'border border-destructive/50 bg-card text-destructive enabled:hover:bg-destructive-surface',
      },
      size: {
        medium: 'h-9 px-3.5 text-sm',
        small: 'h-7 px-2.5 text-xs',
        icon: 'size-9',
        iconSmall: 'size-7',
      },
    },
    defaultVariants: { tone: 'plain', size: 'medium' },
  },
);

type Props = ComponentProps<'button'> &
  VariantProps<typeof buttonLook> & {
    /** While it works it hears nothing; unlike one that is disabled it keeps the keyboard. */
    busy?: boolean;
  };

/**
 * A button; it submits a form only when told to. Its colours are opaque in every state and change at once when it is
 * enabled: a see-through primary colour fell below the contrast of 4.5 : 1 while hovered.
 */
export function Button({ tone, size, className, type = 'button', busy = false, ...props }: Props) {
  return (
    <button
      type={type}
      className={classNames(buttonLook({ tone, size }), className)}
      {...props}
      {...(busy && { 'aria-disabled': true, onClick: refuse })}
    />
  );
}

/** Neither a click nor Enter in a field of its form does anything then. */
const refuse = (event: MouseEvent) => event.preventDefault();
