import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { classNames } from '../../lib/class-names.ts';

const look = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-primary text-primary-foreground enabled:hover:bg-primary-hover',
        plain: 'border bg-card text-foreground hover:bg-accent',
        quiet: 'text-muted-foreground hover:bg-accent hover:text-foreground',
        danger: 'border border-destructive/50 bg-card text-destructive hover:bg-destructive-surface',
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

type Props = ComponentProps<'button'> & VariantProps<typeof look>;

/** A button; it submits a form only when told to. */
export function Button({ tone, size, className, type = 'button', ...props }: Props) {
  return <button type={type} className={classNames(look({ tone, size }), className)} {...props} />;
}
