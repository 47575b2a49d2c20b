import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { tryStart } from '../support/try-start.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

describe('a start that cannot be', () => {
  test.each([
    [
      'a port in use',
      () => ({ HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${gateway.port}` }),
      /is in use.*HOTPLEX_GATEWAY_ADDR/,
    ],
    [
      'a missing work dir',
      () => ({ HOTPLEX_WORKER_DEFAULT_WORK_DIR: '/nowhere/at/all' }),
      /does not exist.*HOTPLEX_WORKER_DEFAULT_WORK_DIR/,
    ],
    [
      'a home in which nothing can be made',
      () => ({ HOME: '/dev/null', HOTPLEX_WORKER_DEFAULT_WORK_DIR: undefined }),
      /the work directory .* cannot be entered.*HOTPLEX_WORKER_DEFAULT_WORK_DIR/,
    ],
    [
      'the database of a running gateway',
      () => ({ HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') }),
      /another gateway is using .*HOTPLEX_DB_PATH/,
    ],
    [
      'a data folder that cannot be made',
      () => ({ HOTPLEX_DB_PATH: '/dev/null/folder/h.db' }),
      /cannot use the folder.*HOTPLEX_DB_PATH/,
    ],
    [
      'an address open to everybody',
      () => ({ HOTPLEX_GATEWAY_ADDR: '0.0.0.0:0' }),
      /reachable from other machines/,
    ],
    [
      'a port that cannot be',
      () => ({ HOTPLEX_GATEWAY_ADDR: '127.0.0.1:99999' }),
      /HOTPLEX_GATEWAY_ADDR.*above 65535/,
    ],
    [
      'a count that is none',
      () => ({ HOTPLEX_SESSION_MAX_QUEUE: '-1' }),
      /HOTPLEX_SESSION_MAX_QUEUE.*whole number above 0/,
    ],
    [
      'a short admin token',
      () => ({ HOTPLEX_ADMIN_ADDR: '127.0.0.1:0', HOTPLEX_ADMIN_TOKEN: 'short' }),
      /admin.token \(HOTPLEX_ADMIN_TOKEN\) is shorter than 32 characters/,
    ],
    [
      'an API key as the admin token',
      () => ({
        HOTPLEX_ADMIN_ADDR: '127.0.0.1:0',
        HOTPLEX_ADMIN_TOKEN: apiKey,
        HOTPLEX_SECURITY_API_KEY_1: apiKey,
      }),
      /is one of security.api_keys/,
    ],
    [
      'an admin listener open to everybody',
      () => ({
        HOTPLEX_ADMIN_ADDR: '0.0.0.0:0',
        HOTPLEX_ADMIN_TOKEN: 'operators-0123456789abcdef0123456789',
      }),
      /reachable from other machines.*HOTPLEX_ADMIN_ALLOW_REMOTE/,
    ],
    [
      'an admin port in use',
      () => ({
        HOTPLEX_ADMIN_ADDR: `127.0.0.1:${gateway.port}`,
        HOTPLEX_ADMIN_TOKEN: 'operators-0123456789abcdef0123456789',
      }),
      /is in use.*HOTPLEX_ADMIN_ADDR/,
    ],
    [
      'an origin for everybody',
      () => ({ HOTPLEX_SECURITY_ALLOWED_ORIGINS: '*' }),
      /allowed_origins contains \*: name each origin/,
    ],
    [
      'a key file that is not there',
      () => ({ HOTPLEX_SECURITY_JWT_JWKS_FILE: '/nowhere/jwks.json' }),
      /security.jwt_jwks_file \/nowhere\/jwks.json cannot be used/,
    ],
    ['a short key', () => ({ HOTPLEX_SECURITY_API_KEY_1: 'short' }), /shorter than 32/],
    [
      'a wrong value',
      () => ({ HOTPLEX_SESSION_PERMISSION_TIMEOUT: 'soon' }),
      /HOTPLEX_SESSION_PERMISSION_TIMEOUT.*30s/,
    ],
  ])('[G12] [A1] %s is one sentence with the remedy', async (_, env, sentence) => {
    const { code, said } = await tryStart(env());
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  test('[G12] a key that does not exist in the file is named, with the one that was meant', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotplex-config-'));
    const file = join(folder, 'hotplex.yaml');
    writeFileSync(file, 'gateway:\n  adr: 127.0.0.1:1\n');
    const { code, said } = await tryStart({}, ['--config', file]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(said).toMatch(/there is no setting gateway\.adr; did you mean gateway\.addr\?/);
  });
});
