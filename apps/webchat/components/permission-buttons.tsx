'use client';
import type { PermissionChoices } from '../lib/permission-choices.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

type Props = {
  choices: PermissionChoices;
  disabled: boolean;
  onChoose: (choice: 'once' | 'session' | 'deny') => void;
};

/** The answers to a permission request, each with the key that presses it. */
export function PermissionButtons({ choices, disabled, onChoose }: Props) {
  const texts = useTexts();
  return (
    <>
      <Button tone="primary" disabled={disabled} aria-keyshortcuts="y" onClick={() => onChoose('once')}>
        {texts.permission.allowOnce}
        <Key name="Y" />
      </Button>
      {choices.session && (
        <Button disabled={disabled} aria-keyshortcuts="a" onClick={() => onChoose('session')}>
          {texts.permission.allowSession}
          <Key name="A" />
        </Button>
      )}
      <Button tone="danger" disabled={disabled} aria-keyshortcuts="n" onClick={() => onChoose('deny')}>
        {texts.permission.deny}
        <Key name="N" />
      </Button>
    </>
  );
}

function Key({ name }: { name: string }) {
  return (
    <kbd
      aria-hidden
      className="rounded border border-current/40 px-1 font-sans text-[0.65rem] leading-tight max-sm:hidden pointer-coarse:hidden"
    >
      {name}
    </kbd>
  );
}
