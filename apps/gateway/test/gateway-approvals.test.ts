import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { approvalPage } from '../src/gateway-approvals.ts';

function pageOf(gateway: object, { links = true, hosts = [] as string[] } = {}): string | undefined {
  const target = { name: 'team-chat', url: 'https://ops.example.com/hook', approval_links: links };
  const config = configSchema.parse({
    ...{ gateway, hooks: { targets: [target] }, security: { allowed_hosts: hosts } },
  });
  return approvalPage(config)?.href;
}

test('approval links lead to the gateway as people reach it', () => {
  expect(pageOf({ public_url: 'https://chat.example.com' }, { hosts: ['chat.example.com'] })).toBe(
    'https://chat.example.com/approve',
  );
  expect(pageOf({ public_url: 'http://127.0.0.1:8888' })).toBe('http://127.0.0.1:8888/approve');
  expect(pageOf({}, { links: false })).toBeUndefined();
});

test.each([
  ['nothing', {}, 'which need gateway.public_url (HOTPLEX_GATEWAY_PUBLIC_URL)'],
  ['somewhere without TLS', { public_url: 'http://chat.example.com' }, 'make it https'],
  [
    'a name of others',
    { public_url: 'https://chat.example.com' },
    'add chat.example.com to security.allowed_hosts',
  ],
])('[A1] approval links that lead to %s are refused', (_, gateway, words) => {
  expect(() => pageOf(gateway)).toThrow(words);
});
