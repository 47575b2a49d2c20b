import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DiffView } from '../../components/tools/diff-view.tsx';

const draw = (lines: number) => {
  const newText = Array.from({ length: lines }, (_, index) => `line ${index}\n`).join('');
  const html = renderToStaticMarkup(<DiffView diff={{ path: '/project/a.txt', oldText: null, newText }} />);
  return { rows: html.match(/<tr/g)?.length, says: /Show all (\d+) lines/.exec(html)?.[1] };
};

test('a long change is folded, and says how long it is; a short one is there whole', () => {
  expect(draw(60)).toEqual({ rows: 60, says: undefined });
  expect(draw(500)).toEqual({ rows: 60, says: '500' });
});
