import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PermissionPolicy } from '../../components/permission-policy.tsx';

const policy = {
  decision: 'ask' as const,
  rule: 'C5',
  reason: 'it deletes the project',
  cwd: '/project',
  targets: ['/project/src\u202e'],
};

test('[P4] [C7] shows why it is asked, where it would run and what it touches, nothing hidden', () => {
  const html = renderToStaticMarkup(
    <PermissionPolicy
      policy={{ ...policy, command: 'rm -rf /project/src' }}
      input={{ command: 'rm -rf $D' }}
    />,
  );
  for (const words of ['it deletes the project', 'C5', 'rm -rf /project/src', '/project'])
    expect(html).toContain(words);
  expect(html).not.toContain('\u202e');
});

test('[P4] a command that is shown already is not shown twice, and what nobody minds has no reason', () => {
  const html = renderToStaticMarkup(
    <PermissionPolicy policy={{ ...policy, decision: 'allow', command: 'ls' }} input={{ command: 'ls' }} />,
  );
  expect(html).not.toContain('ls<');
  expect(html).not.toContain('it deletes');
});
