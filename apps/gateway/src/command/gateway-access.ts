import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Auth } from '@hotplex/client-sdk';
import { createTokenSigner } from '../auth/sign-token.ts';
import { loadSigningKey } from '../auth/signing-key.ts';
import type { Config } from '../config-schema.ts';
import { openKeyFile } from '../gateway-key-file.ts';
import { findGateway } from '../gateway-record.ts';
import { signingKeyFile } from '../gateway-tokens.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { expandPath } from '../start-checks.ts';
import { prepareLocation } from '../store/sqlite/prepare-location.ts';
import { healthProblem } from './gateway/health-problem.ts';
import { type Door, doorOf } from './gateway/own-door.ts';
import { spawnGateway } from './gateway/spawn-gateway.ts';
import { untilGone } from './gateway/stop-gateway.ts';
import { NotConnected } from './not-connected.ts';
import { openConfig } from './open-config.ts';
import { openCredentials } from './open-credentials.ts';
import { recordOperator } from './record-operator.ts';

const tokenMs = 15 * 60_000;
/** Whom the printed link signs in, too: they have the same sessions. */
const subject = 'local';

/** A gateway to talk to, and the credential for it. */
export type GatewayAccess = AsyncDisposable &
  Door & {
    auth: Auth;
    /** Whether it runs on this machine, so that paths mean the same there. */
    isLocal: boolean;
    /** Whether it was started for this command, and ends with it. */
    isOwn: boolean;
  };

type AccessOptions = {
  url?: string;
  'key-file'?: string;
  config?: string;
  /** What is taken down of it: the command that lets itself in. */
  purpose: string;
  /** Whether one is started where none runs. */
  startsOwn: boolean;
};

/**
 * Lets a command in: by address and key, or, without an address, as the person at this machine to the gateway of this
 * machine's data. Throws NotConnected.
 */
export async function openAccess(options: AccessOptions): Promise<GatewayAccess> {
  const url = options.url ?? process.env.HOTPLEX_URL;
  if (url !== undefined) return openRemote(url, options['key-file']);
  const { config } = openConfig(options.config);
  const dataDir = dirname(prepareLocation(expandPath(config.db.path)));
  const found = findGateway(dataDir);
  // One that ends with its command may have left since it was found.
  const isEnding =
    found?.ending || (found?.bound && (await healthProblem(doorOf(config, found))) !== undefined);
  if (found && isEnding) await untilGone(found, config.gateway.drain_timeout);
  const running = isEnding ? undefined : found;
  if (!running && !options.startsOwn)
    throw new NotConnected(
      'no gateway runs here: start one with hotplex gateway start -d, or name one with --url',
    );
  if (!running && config.gateway.tls.cert !== undefined)
    throw new NotConnected(
      'no gateway runs here, and one for this command alone cannot show its certificate: run hotplex gateway start -d',
    );
  const { record, child } = running
    ? { record: running, child: undefined }
    : await startOwn(dataDir, options.config);
  using store = await openCredentials(config);
  recordOperator(store, `${options.purpose} as ${subject}`);
  openKeyFile('signing-key', { config, store, dataDir, clock }).refresh();
  return {
    ...doorOf(config, record),
    auth: signFor(config.security, dataDir),
    ...{ isLocal: true, isOwn: child !== undefined },
    async [Symbol.asyncDispose]() {
      // It sees us go, and goes once nobody else is with it.
      if (child?.connected) child.disconnect();
      child?.unref();
    },
  };
}

async function openRemote(url: string, keyFile: string | undefined): Promise<GatewayAccess> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new NotConnected(`${url} is no address of a gateway: it is one such as https://chat.example.com`);
  const key = keyFile === undefined ? process.env.HOTPLEX_KEY : readKey(keyFile);
  if (key === undefined)
    throw new NotConnected(`no key for ${url}: put one into HOTPLEX_KEY, or name a file with --key-file`);
  const problem = await healthProblem({ url });
  if (problem !== undefined) throw new NotConnected(`the gateway ${url} cannot be reached: ${problem}`);
  return { url, auth: key, isLocal: false, isOwn: false, [Symbol.asyncDispose]: async () => {} };
}

function readKey(file: string): string {
  try {
    return readFileSync(expandPath(file), 'utf8').trim();
  } catch (cause) {
    throw new NotConnected(`the key file ${file} cannot be read`, { cause });
  }
}

/**
 * A gateway for as long as a command needs it: on a port of its own, without pages. Turns that its data knows of from
 * before are not ended with it.
 */
function startOwn(dataDir: string, configFile: string | undefined) {
  const env = {
    ...{ HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0', HOTPLEX_ADMIN_ENABLED: 'false' },
    ...{ HOTPLEX_WEBCHAT_ENABLED: 'false', HOTPLEX_WORKER_KEEP_ON_STOP: 'true' },
  };
  return spawnGateway({ dataDir, configFile, env, logFile: join(dataDir, 'gateway.log'), bound: true });
}

/** A fresh token for each connection, signed as the gateway would: who can read its key may do everything anyway. */
function signFor({ jwt_issuer, jwt_audience }: Config['security'], dataDir: string): () => Promise<string> {
  const sign = createTokenSigner({
    key: () => loadSigningKey(signingKeyFile(dataDir)),
    ...{ issuer: jwt_issuer, audience: jwt_audience, clock },
  });
  const ids = createIds();
  const signedInAt = clock.now();
  return () => sign({ subject, tokenId: ids.uuid(), role: 'driver', signedInAt, lifetimeMs: tokenMs });
}
