'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { SwitchItem } from './switch-item.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Turns the browser's messages on and off; the browser is asked by this click and at no other time. */
export function NotificationItem() {
  const { settings } = useTexts();
  const { notifications } = useWebChat();
  const state = useObservable(notifications.state);
  return (
    <SwitchItem
      label={settings.notify}
      explanation={settings.notifyStates[state]}
      checked={state === 'on'}
      disabled={state === 'unsupported' || state === 'blocked'}
      onToggle={() => void notifications.toggle()}
    />
  );
}
