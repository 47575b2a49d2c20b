'use client';
import { ChevronUp, CornerDownRight, ListPlus, type LucideIcon, OctagonX } from 'lucide-react';
import type { Delivery } from '../lib/conversation.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { Menu, MenuItem } from './ui/menu.tsx';

type Props = {
  deliveries: readonly Delivery[];
  disabled: boolean;
  onChoose: (delivery: Delivery) => void;
};

const icons: Record<Delivery, LucideIcon> = { queue: ListPlus, steer: CornerDownRight, interrupt: OctagonX };

/** Sends a message while a turn runs: after it, into it, or in its stead. */
export function DeliveryMenu({ deliveries, disabled, onChoose }: Props) {
  const texts = useTexts();
  const trigger = (
    <Button
      size="icon"
      className="rounded-full"
      disabled={disabled}
      aria-label={texts.composer.deliveries}
      title={texts.composer.deliveries}
    >
      <ChevronUp aria-hidden />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {deliveries.map((delivery) => {
        const Icon = icons[delivery];
        const [name, explanation] = texts.composer.delivery[delivery];
        return (
          <MenuItem key={delivery} className="items-start" onSelect={() => onChoose(delivery)}>
            <Icon aria-hidden className="mt-0.5 text-muted-foreground" />
            <span className="flex flex-col">
              {name}
              <span className="text-muted-foreground text-xs">{explanation}</span>
            </span>
          </MenuItem>
        );
      })}
    </Menu>
  );
}
