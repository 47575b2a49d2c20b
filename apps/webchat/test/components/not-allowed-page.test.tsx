import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { NotAllowedPage } from '../../components/admin/not-allowed-page.tsx';

test('a user is told what would let him in, a key that nothing will', () => {
  const shown = (isByKey: boolean) =>
    renderToStaticMarkup(<NotAllowedPage subject="oidc:4711" isByKey={isByKey} />);
  expect(shown(false)).toContain('HOTPLEX_ADMIN_USERS=oidc:4711<');
  expect(shown(false)).toContain('admin: { users: [&quot;oidc:4711&quot;] }');
  expect(shown(true)).not.toContain('HOTPLEX_ADMIN_USERS');
  expect(shown(true)).toContain('A key is never an operator here');
});
