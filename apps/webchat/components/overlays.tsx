'use client';
import { lazy, Suspense, useEffect } from 'react';
import { hasCommandKey, overlayOf } from '../lib/overlay.ts';
import { useObservable } from '../lib/use-observable.ts';
import { useWebChat } from './web-chat-context.tsx';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));
const AdoptDialog = lazy(async () => ({ default: (await import('./adopt-dialog.tsx')).AdoptDialog }));
const PushDialog = lazy(async () => ({ default: (await import('./push-dialog.tsx')).PushDialog }));

type Props = {
  selected: string | null;
  onSelect: (id: string | null) => void;
  onCreate: () => void;
  /** Shows the field for the search in all sessions. */
  onSearch: () => void;
};

/** The windows that are opened from anywhere; their code comes with their first use. */
export function Overlays(props: Props) {
  const { overlay } = useWebChat();
  const open = useObservable(overlay);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = overlayOf(event, hasCommandKey());
      if (wanted === undefined) return;
      event.preventDefault();
      overlay.set(overlay.get() === wanted ? undefined : wanted);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [overlay]);
  const close = () => overlay.set(undefined);
  return (
    <Suspense>
      {open === 'commands' && <CommandPalette {...props} onClose={close} />}
      {open === 'adopt' && (
        <AdoptDialog
          onClose={close}
          onAdopted={(id) => {
            close();
            props.onSelect(id);
          }}
        />
      )}
      {open === 'push' && <PushDialog onClose={close} />}
      {open === 'shortcuts' && <ShortcutSheet onClose={close} />}
    </Suspense>
  );
}
