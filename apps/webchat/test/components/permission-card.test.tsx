import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AnsweringProvider } from '../../components/answering-context.tsx';
import { PermissionCard } from '../../components/permission-card.tsx';

const never = () => Promise.reject(new Error('nothing is answered here'));
const answering = { id: 's', answerPermission: never, answerQuestion: never, answerElicitation: never };

const html = (options: { id: string; label: string; kind: 'allow_once' | 'allow_always' }[]) =>
  renderToStaticMarkup(
    <AnsweringProvider value={answering}>
      <PermissionCard
        request={{
          ...{ kind: 'permission', status: 'pending', id: 'p1', tool_name: 'edit_file' },
          ...{ input_raw: { path: 'tea.ts' }, options },
        }}
      />
    </AnsweringProvider>,
  );

test('a key is named only where there is its button', () => {
  const once = { id: 'o', label: 'Once', kind: 'allow_once' } as const;
  const always = { id: 'a', label: 'Always', kind: 'allow_always' } as const;
  expect(html([once, always])).toContain('A allows for this session');
  expect(html([once])).toContain('Y allows once, N denies.');
});
