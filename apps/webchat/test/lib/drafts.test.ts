import { expect, test } from 'vitest';
import { createDrafts } from '../../lib/drafts.ts';

function browserStorage() {
  const values = new Map<string, string>();
  return {
    values,
    read: (key: string) => values.get(key) ?? null,
    write: (key: string, value: string | null) =>
      void (value === null ? values.delete(key) : values.set(key, value)),
  };
}

test('each session keeps its own draft, over a reload too', () => {
  const storage = browserStorage();
  const before = createDrafts(storage);
  before.set('one', 'half a sentence');
  before.set('two', 'another');
  const after = createDrafts(storage);
  expect([after.get('one'), after.get('two'), after.get('three')]).toEqual([
    'half a sentence',
    'another',
    '',
  ]);
});

test('a draft that was sent leaves nothing behind', () => {
  const storage = browserStorage();
  const drafts = createDrafts(storage);
  drafts.set('one', 'text');
  drafts.set('one', '');
  expect(storage.values.size).toBe(0);
});

test('without storage a draft lives as long as the page', () => {
  const drafts = createDrafts({ read: () => null, write: () => undefined });
  drafts.set('one', 'text');
  expect(drafts.get('one')).toBe('text');
});
