'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { SwitchItem } from './switch-item.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** Turns the sound on and off. */
export function SoundItem() {
  const { settings } = useTexts();
  const { sound } = useWebChat();
  return (
    <SwitchItem
      label={settings.sound}
      explanation={settings.soundExplain}
      checked={useObservable(sound.isOn)}
      onToggle={sound.toggle}
    />
  );
}
