import { expect, test } from 'vitest';
import { createFocusTrail } from '../../lib/focus-trail.ts';

/** A page of a few elements, one of which may have the focus. */
function openPage() {
  let focused: Element | undefined;
  class Element {
    isConnected = true;
    isHidden = false;
    focus() {
      if (this.isHidden) return;
      focused = this;
      trail.note(this);
    }
    remove() {
      this.isConnected = false;
      if (focused === this) focused = undefined;
    }
  }
  const trail = createFocusTrail(() => focused);
  return { trail, add: () => new Element(), focused: () => focused };
}

test('what a window leaves behind is where the keyboard was before it, and before the window that opened it', () => {
  const { trail, add, focused } = openPage();
  const [field, palette, dialog] = [add(), add(), add()];
  for (const each of [field, palette, dialog]) each.focus();
  palette.remove();
  dialog.remove();
  trail.giveBack();
  expect(focused()).toBe(field);
});

test('what has the focus keeps it, and what is hidden is passed over', () => {
  const { trail, add, focused } = openPage();
  const [field, button, row, dialog] = [add(), add(), add(), add()];
  for (const each of [field, button, dialog]) each.focus();
  row.focus();
  trail.giveBack();
  expect(focused()).toBe(row);
  row.remove();
  dialog.remove();
  button.isHidden = true;
  trail.giveBack();
  expect(focused()).toBe(field);
});
