import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { lookAtRoot } from '../src/look-at-root.ts';

const config = (addr: string, allow_root = false) =>
  configSchema.parse({ gateway: { addr }, security: { allow_root } });

test('[B7] root is warned of on this machine, and refused where others can reach it, unless the operator says so', () => {
  expect(lookAtRoot(config('127.0.0.1:1'), 0)).toContain('runs as root');
  expect(() => lookAtRoot(config('0.0.0.0:1'), 0)).toThrow('security.allow_root');
  expect(lookAtRoot(config('0.0.0.0:1', true), 0)).toBeUndefined();
  expect(lookAtRoot(config('127.0.0.1:1', true), 0)).toBeUndefined();
});

test('[B7] any other user is fine, and a system without users as well', () => {
  expect(lookAtRoot(config('0.0.0.0:1'), 1_000)).toBeUndefined();
  expect(lookAtRoot(config('0.0.0.0:1'), undefined)).toBeUndefined();
});
