'use client';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { menuItemClass } from './ui/menu.tsx';

type Props = {
  label: string;
  explanation: string;
  checked: boolean;
  disabled?: boolean;
  onToggle: () => void;
};

/** Something of a menu that is on or off, and says what that means; the menu stays open. */
export function SwitchItem({ label, explanation, checked, disabled = false, onToggle }: Props) {
  return (
    <DropdownMenu.CheckboxItem
      className={`${menuItemClass} max-w-64 items-start`}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onToggle}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="flex h-5 w-4 shrink-0 items-center">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="flex flex-col">
        {label}
        <span className="text-muted-foreground text-xs">{explanation}</span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}
