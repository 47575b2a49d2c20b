import { expect, test } from 'vitest';
import { type OidcRules, oidcPerson } from '../../src/auth/oidc-person.ts';

const anybody: OidcRules = {
  allowedDomains: ['*'],
  groupsClaim: 'groups',
  driverGroups: [],
  viewerGroups: [],
};
const grouped = { ...anybody, allowedDomains: [], driverGroups: ['dev', 'ops'], viewerGroups: ['all'] };
const ofExample = { ...anybody, allowedDomains: ['example.com'] };
const verified = (email: unknown) => ({ sub: 'u1', email, email_verified: true });

test('[A4] a person is the provider’s own name for him, never his address, and never somebody of ours', () => {
  const subjectOf = (sub: string) => oidcPerson({ sub, email: 'local@example.com' }, anybody).subject;
  expect(subjectOf('u1')).toBe('oidc:u1');
  expect(subjectOf('key:ci')).toBe('oidc:key:ci');
  for (const odd of ['two words', 'line\nbreak', 'x'.repeat(500), 'ünïcode'])
    expect(subjectOf(odd)).toMatch(/^oidc:[0-9a-f]{64}$/);
});

test.each<[unknown, string]>([
  [['dev'], 'driver'],
  [['all', 'ops'], 'driver'],
  [['all'], 'viewer'],
  ['dev', 'driver'],
  [['DEV'], 'refused'],
  [['developers'], 'refused'],
  [[], 'refused'],
  [undefined, 'refused'],
  [{ dev: true }, 'refused'],
  [[['dev']], 'refused'],
])('[A4] groups %j make a %s', (groups, role) => {
  const admit = () => oidcPerson({ sub: 'u1', groups }, grouped).role;
  if (role === 'refused') expect(admit).toThrow('none of the groups');
  else expect(admit()).toBe(role);
});

test('groups come from the claim that is configured', () => {
  const rules = { ...grouped, groupsClaim: 'https://example.com/roles' };
  expect(oidcPerson({ sub: 'u1', 'https://example.com/roles': ['all'] }, rules).role).toBe('viewer');
  expect(() => oidcPerson({ sub: 'u1', groups: ['all'] }, rules)).toThrow('none of the groups');
});

test.each<[string, object]>([
  ['another domain', verified('a@example.org')],
  ['a domain that ends like ours', verified('a@notexample.com')],
  ['a domain that begins like ours', verified('a@example.com.evil.org')],
  ['a domain below ours', verified('a@sub.example.com')],
  ['two at signs', verified('a@example.com@evil.org')],
  ['no at sign', verified('example.com')],
  ['no address', { sub: 'u1', email_verified: true }],
  ['an address that is not verified', { sub: 'u1', email: 'a@example.com', email_verified: false }],
  ['an address of which nothing is said', { sub: 'u1', email: 'a@example.com' }],
])('[A4] %s does not come in where domains are named', (_, claims) => {
  expect(() => oidcPerson(claims, ofExample)).toThrow(/verified|domain/);
});

test('a verified address of a named domain comes in, however it is spelled', () => {
  expect(oidcPerson(verified('Ada@EXAMPLE.com'), ofExample).role).toBe('driver');
  expect(oidcPerson({ ...verified('a@example.com'), email_verified: 'true' }, ofExample).role).toBe('driver');
});

test('domains and groups both have to agree', () => {
  const both = { ...grouped, allowedDomains: ['example.com'] };
  expect(oidcPerson({ ...verified('a@example.com'), groups: ['all'] }, both).role).toBe('viewer');
  expect(() => oidcPerson({ ...verified('a@example.com'), groups: [] }, both)).toThrow('groups');
  expect(() => oidcPerson({ ...verified('a@evil.org'), groups: ['dev'] }, both)).toThrow('domain');
});
