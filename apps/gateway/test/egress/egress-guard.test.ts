import { describe, expect, test } from 'vitest';
import { createEgressGuard } from '../../src/egress-guard.ts';
import { type AllowedHost, parseAllowedHost } from '../../src/settings/allowed-host.ts';

const read = (text: string): AllowedHost => {
  const host = parseAllowedHost(text);
  if (!host) throw new Error(`${text} is no entry`);
  return host;
};

const answers: Readonly<Record<string, readonly string[]>> = {
  'api.example.com': ['93.184.216.34', '2606:2800:220:1::1'],
  'deep.files.example.com': ['93.184.216.35'],
  'here.files.example.com': ['93.184.216.99'],
  'inside.files.example.com': ['93.184.216.35', '10.0.0.7'],
};

const list = ['api.example.com', '*.files.example.com:8443', '10.0.0.7:11434', '[fd00::7]:80', '127.0.0.1'];
const find = createEgressGuard({
  allowed: [...list, '169.254.169.254', '127.0.0.1:8888', '93.184.216.99:8888', 'llm.corp'].map(read),
  gatewayPorts: [8888],
  ownAddresses: () => ['93.184.216.99'],
  resolve: async (host) => answers[host] ?? [],
});

describe('a host that agents may reach', () => {
  test.each([
    ['api.example.com:443', '93.184.216.34 2606:2800:220:1::1'],
    ['API.example.com.:80', '93.184.216.34 2606:2800:220:1::1'],
    ['api.example.com', '93.184.216.34 2606:2800:220:1::1'],
    ['deep.files.example.com:8443', '93.184.216.35'],
    ['10.0.0.7:11434', '10.0.0.7'],
    ['0x0a.7:11434', '10.0.0.7'],
    ['[fd00:0:0::7]:80', 'fd00::7'],
    ['127.0.0.1:443', '127.0.0.1'],
  ])('[B4] [U2] %s is dialled at %s and nowhere else', async (authority, addresses) => {
    expect(await find(authority)).toMatchObject({ kind: 'allowed', addresses: addresses.split(' ') });
  });

  test.each([
    ['api.example.com:8443', 'not among'],
    ['example.com:443', 'not among'],
    ['files.example.com:8443', 'not among'],
    ['deep.files.example.com:443', 'not among'],
    ['evil-api.example.com:443', 'not among'],
    ['api.example.com.evil.com:443', 'not among'],
    ['evil.com\0.files.example.com:8443', ''],
    ['evil.com%00.files.example.com:8443', ''],
    ['api.example.com@evil.com:443', 'user name'],
    ['evil.com/api.example.com:443', 'not among'],
    ['evil.com#@api.example.com:443', 'not among'],
    ['api.example.com%2eevil.com:443', 'percent'],
    ['api.example.com:443\r\nhost: evil.com', 'white space'],
    ['10.0.0.8:11434', 'not among'],
    ['', ''],
    ['api.example.com:99999', ''],
    // Whatever is listed.
    ['inside.files.example.com:8443', '10.0.0.7'],
    ['absent.files.example.com:8443', 'resolves to nothing'],
    ['169.254.169.254:80', 'credentials'],
    ['127.0.0.1:8888', 'the gateway itself'],
    ['93.184.216.99:8888', 'the gateway itself'],
    ['here.files.example.com:8443', 'an address of this machine'],
    ['llm.corp:443', 'not one of the public internet'],
  ])('[B4] [U1] [U3] [sandbox-runtime-nul] %j is refused: %s', async (authority, words) => {
    expect(await find(authority)).toEqual({ kind: 'refused', reason: expect.stringContaining(words) });
  });
});

describe('an entry of the list', () => {
  test.each([
    '*',
    '*.com',
    '*.10.0.0.7',
    'a b',
    'https://example.com',
    'example.com/x',
    'a*.com',
    'x:0',
    'x:70000',
  ])('[B4] cannot be %s', (text) => {
    expect(parseAllowedHost(text)).toBeUndefined();
  });

  test('[B4] is compared in one spelling', () => {
    expect(read('*.Example.com:8443')).toEqual({ host: 'example.com', isBelow: true, port: 8443 });
    expect(read('[FD00:0::7]')).toEqual({ host: 'fd00::7', isBelow: false, port: undefined });
  });
});
