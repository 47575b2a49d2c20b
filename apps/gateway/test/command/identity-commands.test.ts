import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKeys } from '../../src/command/keys-command.ts';
import { runToken } from '../../src/command/token-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'hotplex-commands-'));
const config = join(folder, 'hotplex.yaml');

beforeAll(() => {
  const key = 'configured-0123456789abcdef0123456789abcdef';
  const content = {
    db: { path: join(folder, 'data', 'h.db') },
    security: { api_keys: [{ name: 'ci', key }] },
  };
  writeFileSync(config, JSON.stringify(content), { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [['create'], /keys create NAME, list or revoke KEY/],
  [['list', 'all'], /keys create NAME, list or revoke KEY/],
  [['create', 'a b'], /no name for a key/],
  [['create', 'key:ci'], /no name for a key/],
  [['create', 'x', '--role', 'root'], /viewer, driver or admin/],
  [['create', 'x', '--expires', 'soon'], /a time such as 12h/],
  [['create', 'x', '--expires', '90'], /a time such as 12h/],
  [['create', 'ci'], /there is a key ci in security.api_keys: choose another name, or add --rotate/],
  [['revoke', 'nobody'], /there is no key nobody/],
  [['create', 'x', '--scope', 'y'], /has no option --scope: see hotplex keys --help/],
])('hotplex keys %j is refused', async (args, sentence) => {
  await expect(runKeys([...args, '--config', config])).rejects.toThrow(sentence);
});

test.each([
  [['burn'], /create, inspect, revoke or rotate/],
  [['create'], /--user/],
  [['create', '--user', 'key:ci'], /is an API key, not a user/],
  [['create', '--user', 'a b'], /printable/],
  [['create', '--user', 'a', '--bot', 'b\n'], /printable/],
  [['create', '--user', 'a', '--role', 'admin'], /driver or viewer/],
  [['create', '--user', 'a', '--ttl', '2h'], /at most 1h/],
  [['create', '--user', 'a', '--ttl', '15'], /at most 1h/],
  [['create', '--user', 'a', '--key', '/no/such'], /no such file/],
])('hotplex token %j is refused, and makes no key to sign with', async (args, sentence) => {
  await expect(runToken([...args, '--config', config])).rejects.toThrow(sentence);
  expect(readdirSync(join(folder, 'data'))).not.toContain('signing-key.json');
});
