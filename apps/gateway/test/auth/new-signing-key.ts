import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSigningKey, type SigningKey } from '../../src/auth/signing-key.ts';

/** A fresh key, made the way the gateway makes its own. */
export function newSigningKey(): SigningKey {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-key-'));
  try {
    return loadSigningKey(join(folder, 'signing-key.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
