'use client';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { menuItemClass } from './ui/menu.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Turns the browser's messages on and off; the browser is asked by this click and at no other time. */
export function NotificationItem() {
  const texts = useTexts();
  const { notifications } = useWebChat();
  const state = useObservable(notifications.state);
  return (
    <DropdownMenu.CheckboxItem
      className={`${menuItemClass} max-w-64 items-start`}
      checked={state === 'on'}
      disabled={state === 'unsupported' || state === 'blocked'}
      onCheckedChange={() => void notifications.toggle()}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="flex h-5 w-4 shrink-0 items-center">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="flex flex-col">
        {texts.settings.notify}
        <span className="text-muted-foreground text-xs">{texts.settings.notifyStates[state]}</span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}
