import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { expect, test } from 'vitest';
import { isSameNode, toPartTree } from '../../lib/part-tree.ts';

const parts: AepUIMessage['parts'] = [
  {
    type: 'dynamic-tool',
    toolName: 'Task',
    toolCallId: 't1',
    state: 'input-available',
    input: { prompt: 'look' },
  },
  { type: 'text', text: 'I look', providerMetadata: { hotplex: { id: 'm1', parentId: 't1' } } },
  { type: 'text', text: 'Meanwhile', providerMetadata: { hotplex: { id: 'm2' } } },
];

/** As the chat hands a message out: every part is a copy. */
const copied = (change: (part: AepUIMessage['parts'][number]) => object = () => ({})) =>
  toPartTree(parts.map((part) => ({ ...part, ...change(part) }) as typeof part));

test('a copy of a part says the same, with all that is inside it', () => {
  const before = toPartTree(parts);
  expect(before.map(({ children }) => children.length)).toEqual([1, 0]);
  expect(before.map((node, index) => isSameNode(node, copied()[index] ?? node))).toEqual([true, true]);
});

test('a part that goes on is another one, and so is the tool call that it is in', () => {
  const before = toPartTree(parts);
  const now = copied((part) =>
    part.type === 'text' && part.text === 'I look' ? { text: 'I look around' } : {},
  );
  expect(now.map((node, index) => isSameNode(before[index] ?? node, node))).toEqual([false, true]);
});

test('a part that gets or loses a field is another one', () => {
  const [, before] = toPartTree(parts);
  const [, now] = copied(() => ({ state: 'done' }));
  if (!before || !now) throw new Error('the text is not there');
  expect([isSameNode(before, now), isSameNode(now, before)]).toEqual([false, false]);
});

test('a part that the chat goes on to write into, instead of a copy, is another one then', () => {
  const text = { type: 'text' as const, text: '0' };
  const [before] = toPartTree([text]);
  text.text += ' 1';
  const [now] = toPartTree([{ ...text }]);
  if (!before || !now) throw new Error('the text is not there');
  expect(isSameNode(before, now)).toBe(false);
});
