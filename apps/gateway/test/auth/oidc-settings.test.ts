import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { openOidc } from '../../src/gateway-oidc.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';

const good = {
  HOTPLEX_OIDC_ISSUER: 'https://accounts.example.com/tenant',
  HOTPLEX_OIDC_CLIENT_ID: 'hotplex',
  HOTPLEX_OIDC_REDIRECT_URI: 'https://chat.example.com/api/auth/oidc/callback',
  HOTPLEX_OIDC_ALLOWED_DOMAINS: 'Example.com',
};
const open = (env: Record<string, string | undefined>) =>
  openOidc({
    config: loadConfig({ file: undefined, env: { ...good, ...env } }).config,
    ...{ gatewayPorts: [], ids: createIds(), logger: silentLogger },
  });

test('without an issuer there is no provider; its host is its name, https that of its cookies', () => {
  expect(open({ HOTPLEX_OIDC_ISSUER: undefined })).toBeUndefined();
  expect(open({})).toMatchObject({ name: 'accounts.example.com', isSecure: true, home: '/' });
  expect(open({ HOTPLEX_OIDC_NAME: 'Example' })).toMatchObject({ name: 'Example' });
});

test.each([
  [{ HOTPLEX_OIDC_CLIENT_ID: undefined }, /oidc.issuer is set, and oidc.client_id is not/],
  [{ HOTPLEX_OIDC_REDIRECT_URI: undefined }, /and oidc.redirect_uri is not/],
  [{ HOTPLEX_OIDC_ISSUER: 'http://sso.example' }, /oidc.issuer .* must be https/],
  [{ HOTPLEX_OIDC_ISSUER: 'http://localhost.evil.example' }, /oidc.issuer .* must be https/],
  [{ HOTPLEX_OIDC_REDIRECT_URI: 'http://chat.example/api/auth/oidc/callback' }, /must be https/],
  [{ HOTPLEX_OIDC_REDIRECT_URI: 'https://chat.example/' }, /must end with \/api\/auth\/oidc\/callback/],
  [{ HOTPLEX_OIDC_ALLOWED_DOMAINS: undefined }, /would let in whoever has an account there/],
])('[A1] %j is no start', (wrong, sentence) => {
  expect(() => open(wrong)).toThrow(sentence);
});
