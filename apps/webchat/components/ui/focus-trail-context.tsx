'use client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { createFocusTrail, type FocusTrail } from '../../lib/focus-trail.ts';

const Context = createContext<FocusTrail | undefined>(undefined);

/** Follows the keyboard over the page. */
export function FocusTrailProvider({ children }: { children: ReactNode }) {
  const [trail] = useState(() => createFocusTrail(focused));
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      // A menu is gone by then, and the button that opened it never had the focus.
      const opener = openerOf(target);
      if (opener) trail.note(opener);
      trail.note(target);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [trail]);
  return <Context value={trail}>{children}</Context>;
}

/**
 * For a window's `onCloseAutoFocus`: the keyboard is where it was before. Radix gives it to the button that belongs to a
 * window, and ours belong to none: menus, the palette and keys open them.
 */
export function useGiveBackFocus(): () => void {
  const trail = useContext(Context);
  return () => trail?.giveBack();
}

function focused(): HTMLElement | undefined {
  const { activeElement, body } = document;
  return activeElement instanceof HTMLElement && activeElement !== body ? activeElement : undefined;
}

/** The button of the menu that something is in: Radix names a menu after it. */
function openerOf(element: HTMLElement): HTMLElement | null {
  const id = element.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return id ? document.getElementById(id) : null;
}
