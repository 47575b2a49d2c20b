import { createObservable, type WritableObservable } from './observable.ts';

type Window = 'commands' | 'shortcuts' | 'push' | 'adopt';

/** A window of the page itself that is opened from anywhere, some by the keyboard. */
export type Overlay = WritableObservable<Window | undefined>;

export function createOverlay(): Overlay {
  return createObservable<Window | undefined>(undefined);
}

/** Whether this is a machine of the kind that has ⌘. */
export function hasCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'target'>;

/** The window that a key opens: ⌘K or Ctrl+K anywhere, ? where nobody writes. */
export function overlayOf(event: Key, isMac: boolean): 'commands' | 'shortcuts' | undefined {
  if (event.isComposing || event.altKey) return undefined;
  const withModifier = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (event.key.toLowerCase() === 'k' && withModifier) return 'commands';
  const isPlain = !event.ctrlKey && !event.metaKey;
  return event.key === '?' && isPlain && !isWriting(event.target) ? 'shortcuts' : undefined;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
