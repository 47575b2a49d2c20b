import { expect, test } from 'vitest';
import { configSchema } from '../../src/config-schema.ts';

const users = (given: unknown) => configSchema.parse({ admin: { users: given } }).admin.users;
const everything = ['admin:write'];

test('nobody is an operator in the browser unless the configuration names him', () => {
  expect(configSchema.parse({}).admin.users).toEqual([]);
});

test('users are names, in the environment with commas, or names with scopes', () => {
  expect(users('local, oidc:123')).toEqual([
    { name: 'local', scopes: everything },
    { name: 'oidc:123', scopes: everything },
  ]);
  expect(users(['local', { name: 'oidc:5', scopes: ['stats:read'] }])).toEqual([
    { name: 'local', scopes: everything },
    { name: 'oidc:5', scopes: ['stats:read'] },
  ]);
});

test.each(['key:ci', [''], [{ name: 'local', scopes: [] }], [{ name: 'local', scopes: ['all'] }]])(
  'a configuration with %j is refused',
  (given) => expect(() => users(given)).toThrow(),
);
