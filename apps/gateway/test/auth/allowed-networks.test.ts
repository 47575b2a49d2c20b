import { expect, test } from 'vitest';
import { createAllowedNetworks } from '../../src/auth/allowed-networks.ts';

const setting = 'admin.allowed_networks';

test('[A7] lets in whoever is in one of the networks, however the address is spelled', () => {
  const isAllowed = createAllowedNetworks(['192.168.0.0/16', '::1', 'fd00::/8'], setting);
  for (const address of ['192.168.3.4', '::ffff:192.168.3.4', '::1', 'fd12::1%eth0'])
    expect(isAllowed(address), address).toBe(true);
  for (const address of ['192.169.0.1', '::ffff:10.0.0.1', '::2', '', 'localhost', undefined])
    expect(isAllowed(address), address).toBe(false);
});

test('without networks everybody is let in', () => {
  expect(createAllowedNetworks([], setting)('203.0.113.1')).toBe(true);
});

test.each(['10.0.0.0/33', 'fd00::/129', 'localhost', '10.0.0/8', '10.0.0.0/-1', ''])(
  '%s is no start',
  (network) => {
    expect(() => createAllowedNetworks([network], setting)).toThrow(
      /^admin.allowed_networks: .* is no network: write an address/,
    );
  },
);
