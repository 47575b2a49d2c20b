import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeToken } from '../auth/decode-token.ts';
import { removeSignInPage } from '../auth/sign-in-page.ts';
import { createTokenSigner } from '../auth/sign-token.ts';
import { loadSigningKey, rotateSigningKey } from '../auth/signing-key.ts';
import { openKeyFile } from '../gateway-key-file.ts';
import { openTokens } from '../gateway-tokens.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { localSubject } from '../ground/local-subject.ts';
import { StartError } from '../ground/start-error.ts';
import { duration } from '../settings/values.ts';
import { expandPath } from '../start-checks.ts';
import type { RunCommand } from './command.ts';
import { inspectToken } from './inspect-token.ts';
import { openConfig } from './open-config.ts';
import { type OpenCredentials, openCredentials } from './open-credentials.ts';
import { readArguments } from './read-arguments.ts';
import { recordOperator } from './record-operator.ts';
import { token } from './table/token.ts';

const longestMs = 3_600_000;
const printable = /^[\x21-\x7e]{1,128}$/;

/** Makes, explains and ends access tokens, and changes the key that signs them. */
export const runToken: RunCommand = async (args) => {
  const { action, values } = readArguments(token, args);
  const { config, logger } = openConfig(values.config);
  const dataDir = dirname(expandPath(config.db.path));
  using store = await openCredentials(config);
  const key = openKeyFile('signing-key', { config, store, dataDir, clock });
  key.refresh();
  const { file: keyFile } = key;
  if (action === 'create') {
    const { signed, id } = await create(values, { keyFile, ...config.security });
    recordOperator(store, `token create ${id} --user ${values.user}`);
    console.log(signed);
    return 0;
  }
  if (action === 'inspect') {
    const { security } = config;
    const { verifyToken } = openTokens({ security, dataDir, revocations: store, clock, logger });
    const found = await inspectToken(await readToken(), verifyToken);
    console.log(JSON.stringify(found, undefined, 2));
    return found.good ? 0 : 1;
  }
  if (action === 'rotate') {
    rotateSigningKey(keyFile, clock.now());
    key.refresh();
    // Of two nodes that do so at the same time one does.
    const { kid } = loadSigningKey(keyFile).publicKey;
    recordOperator(store, `token rotate ${kid}`);
    console.log(`${kid} signs from now on; a gateway that runs takes it within seconds.`);
    return 0;
  }
  if (values.user !== undefined) {
    revokeUser(store, values.user);
    if (values.user === localSubject) removeSignInPage(dataDir);
    return 0;
  }
  const id = values.id ?? tokenIdOf(await readToken());
  // No token lives longer than that.
  store.revokeToken(id, clock.now() + 2 * longestMs);
  recordOperator(store, `token revoke ${id}`);
  console.log(`${id} is revoked.`);
  return 0;
};

type Wanted = { user?: string; role?: 'driver' | 'viewer'; bot?: string; ttl?: string; key?: string };
type Signing = { keyFile: string; jwt_issuer: string; jwt_audience: string };

/** Asks of a token what the verifier would refuse it for. */
async function create(
  { user = '', role = 'driver', bot, ttl = '15m', key }: Wanted,
  { keyFile, jwt_issuer: issuer, jwt_audience: audience }: Signing,
): Promise<{ signed: string; id: string }> {
  if (!printable.test(user)) throw new StartError('--user: it must be up to 128 printable characters');
  if (user.startsWith('key:')) throw new StartError(`--user ${user}: that is an API key, not a user`);
  if (bot !== undefined && !printable.test(bot))
    throw new StartError('--bot: it must be up to 128 printable characters');
  const lifetime = duration.safeParse(ttl);
  if (!lifetime.success || lifetime.data < 1_000 || lifetime.data > longestMs)
    throw new StartError(`--ttl ${ttl}: it must be a time such as 30s or 15m, at most 1h`);
  if (key !== undefined && !existsSync(key)) throw new StartError(`--key ${key}: there is no such file`);
  const signing = loadSigningKey(key ?? keyFile);
  const sign = createTokenSigner({ key: () => signing, issuer, audience, clock });
  const id = createIds().uuid();
  const life = { signedInAt: clock.now(), lifetimeMs: lifetime.data };
  return { signed: await sign({ subject: user, tokenId: id, role, botId: bot, ...life }), id };
}

function revokeUser(store: OpenCredentials, user: string): void {
  if (!printable.test(user)) throw new StartError('--user: it must be up to 128 printable characters');
  if (user.startsWith('key:'))
    throw new StartError(`--user ${user}: that is an API key: end it with hotplex keys revoke`);
  store.revokeSubject(user, clock.now());
  recordOperator(store, `token revoke --user ${user}`);
  console.log(`${user} is signed out everywhere; who comes in from now on is not.`);
}

/** NOTE: never an argument: everybody on the machine can read those of a running program. */
async function readToken(): Promise<string> {
  const given = (await text(process.stdin)).trim().replace(/^Bearer +/i, '');
  if (given === '') throw new StartError('no token came in: pipe it into the command');
  return given;
}

function tokenIdOf(given: string): string {
  const id = decodeToken(given).claims?.jti;
  if (id === undefined || !printable.test(id)) throw new StartError('this is no token with an id (jti)');
  return id;
}
