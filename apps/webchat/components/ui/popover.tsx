'use client';
import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

type Props = { trigger: ReactNode; label: string; children: ReactNode };

/** A small window that opens from a button, for what is looked at in passing. */
export function Popover({ trigger, label, children }: Props) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Content
        aria-label={label}
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="z-50 max-h-(--radix-popover-content-available-height) w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl border bg-popover p-4 text-popover-foreground shadow-lg outline-none"
      >
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}
