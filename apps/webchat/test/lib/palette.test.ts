import { expect, test } from 'vitest';
import { overlayOf } from '../../lib/overlay.ts';
import { scoreOf } from '../../lib/palette/score.ts';

const key = (name: string, held: Partial<KeyboardEvent> = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, target: null },
  ...held,
});

test('the palette has the key of the machine it is on', () => {
  expect(overlayOf(key('k', { ctrlKey: true }), false)).toBe('commands');
  expect(overlayOf(key('K', { metaKey: true }), true)).toBe('commands');
  // On a Mac it deletes to the end of the line.
  expect(overlayOf(key('k', { ctrlKey: true }), true)).toBeUndefined();
  expect(overlayOf(key('k'), false)).toBeUndefined();
  expect(overlayOf(key('k', { ctrlKey: true, isComposing: true }), false)).toBeUndefined();
});

test('every word has to be somewhere; the label counts more than the rest', () => {
  const score = (typed: string) => scoreOf('id', typed, ['Purple kettle', '/home/ada/tea', 'Demo']);
  expect(score('')).toBe(1);
  expect(score('PUR ket')).toBeGreaterThan(score('urple'));
  expect(score('urple')).toBeGreaterThan(score('tea'));
  expect(score('purple demo')).toBeGreaterThan(0);
  expect(score('purple green')).toBe(0);
  expect(scoreOf('b7e', 'b7e', ['Purple'])).toBe(0);
});
