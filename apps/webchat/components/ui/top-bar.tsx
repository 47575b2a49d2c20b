import type { ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';

type Props = {
  children?: ReactNode;
  className?: string | undefined;
  /** Without the line below it, where something of the same bar follows. */
  isOpen?: boolean;
};

/** The bar above a page or a panel, as high everywhere: the way back, then the title, then what can be done. */
export function TopBar({ children, className, isOpen = false }: Props) {
  return (
    <header
      className={classNames(
        'flex min-h-13 shrink-0 items-center gap-2 px-2 py-1.5',
        !isOpen && 'border-b',
        className,
      )}
    >
      {children}
    </header>
  );
}

/** How its title looks, whatever heading it is. */
export const barTitle = 'truncate font-semibold text-[0.95rem] leading-tight';
