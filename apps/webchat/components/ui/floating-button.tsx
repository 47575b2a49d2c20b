import type { ComponentProps } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { Button } from './button.tsx';

/** A button over the lower end of what scrolls, in its middle; it takes no room. */
export function FloatingButton({ className, ...props }: ComponentProps<typeof Button>) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button
        className={classNames('pointer-events-auto h-8 rounded-full px-3 text-xs shadow-md', className)}
        {...props}
      />
    </div>
  );
}
