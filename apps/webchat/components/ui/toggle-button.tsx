import type { ReactNode } from 'react';
import { Button } from './button.tsx';

type Props = { label: string; pressed: boolean; onClick: () => void; children: ReactNode };

/** A button that stays down while something is so; an icon with a name. */
export function ToggleButton({ label, pressed, onClick, children }: Props) {
  return (
    <Button
      tone="quiet"
      size="icon"
      className="h-8.5 aria-pressed:bg-primary aria-pressed:text-primary-foreground aria-pressed:enabled:hover:bg-primary-hover aria-pressed:enabled:hover:text-primary-foreground"
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
