import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ToolBody } from '../../components/tools/tool-body.tsx';
import { toToolView } from '../../lib/tool-view.ts';
import { toolPart } from '../gallery/tool-part.ts';

const draw = (error: string) => {
  const view = toToolView(toolPart({ id: 't1', name: 'Bash', input: { command: 'ls' }, error }));
  return view && renderToStaticMarkup(<ToolBody view={view} nodes={[]} live={false} />);
};

test('an error that the owner of a shared session leaves out is said to be left out', () => {
  expect(draw('No such file')).toContain('No such file');
  expect(draw('…')).toContain('What went wrong is not shown.');
  expect(draw('…')).not.toContain('…<');
});
