import { newApiKey } from '../auth/stored-api-keys.ts';
import type { Config } from '../config-schema.ts';
import type { ApiKeyRecord } from '../ground/api-key-record.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import { duration } from '../settings/values.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { type OpenCredentials, openCredentials } from './open-credentials.ts';
import { readArguments } from './read-arguments.ts';
import { recordOperator } from './record-operator.ts';
import { keys } from './table/keys.ts';
import { toTable } from './to-table.ts';

/** Makes, shows and ends API keys. */
export const runKeys: RunCommand = async (args) => {
  const { action, words, values } = readArguments(keys, args);
  const [name = ''] = words;
  if (action === 'create' && !/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name))
    throw new StartError(`${name} is no name for a key: take up to 64 letters, digits and ._@-`);
  const { config } = openConfig(values.config);
  using store = await openCredentials(config);
  const json = values.json === true;
  if (action === 'list') list(store.apiKeys(), json);
  else if (action === 'revoke') revoke(store, { named: name, json });
  else create({ ...values, store, config: config.security, name });
  return 0;
};

type CreateOptions = {
  store: OpenCredentials;
  config: Config['security'];
  name: string;
  role?: ApiKeyRecord['role'];
  expires?: string;
  rotate?: boolean;
  json?: boolean;
};

function create({
  store,
  config,
  name,
  role = 'driver',
  expires,
  rotate = false,
  json,
}: CreateOptions): void {
  const lifetime = expires === undefined ? undefined : duration.safeParse(expires);
  if (lifetime && (!lifetime.success || lifetime.data < 1_000))
    throw new StartError(`--expires ${expires}: it must be a time such as 12h or 90d`);
  const namesakes = store.apiKeys().filter((known) => known.name === name);
  const isTaken = namesakes.some(({ revokedAt }) => revokedAt === null);
  const isConfigured = config.api_keys.some((known) => known.name === name);
  if ((isTaken || isConfigured) && !rotate) {
    const where = isTaken ? '' : ' in security.api_keys';
    throw new StartError(`there is a key ${name}${where}: choose another name, or add --rotate`);
  }
  const subject = subjectOf(name, isConfigured && !isTaken ? [] : namesakes, rotate);
  const lifetimeMs = lifetime?.data;
  const { key, record } = newApiKey({ name, subject, role, lifetimeMs }, { ids: createIds(), clock });
  store.saveApiKey(record);
  recordOperator(store, `keys create ${record.id}`);
  // Alone on its stream, for KEY=$(hotplex keys create …).
  if (json) console.log(JSON.stringify({ id: record.id, name, role, key }));
  else console.log(key);
  console.error(`This is the key ${record.id} of ${name} (${role}). It is not shown again.`);
  if (!rotate && namesakes.length > 0)
    console.error(
      `It is not who had that name before, and has none of its sessions: --rotate would have it be.`,
    );
}

/** Without `rotate` a name that is used again is not who had it before: his sessions are not for whoever comes now. */
function subjectOf(name: string, namesakes: readonly ApiKeyRecord[], rotate: boolean): string {
  const before = new Set(namesakes.map(({ subject }) => subject));
  const last = namesakes.at(-1)?.subject;
  if (rotate && last !== undefined) return last;
  return before.size === 0 ? `key:${name}` : `key:${name}#${before.size + 1}`;
}

function revoke(store: OpenCredentials, { named, json }: { named: string; json: boolean }): void {
  const all = store.apiKeys();
  const live = all.filter(({ name, revokedAt }) => name === named && revokedAt === null);
  const [key, ...others] = all.filter(({ id }) => id === named).concat(live);
  if (!key) throw new StartError(`there is no key ${named}: see hotplex keys list`);
  if (others.length > 0) {
    const ids = live.map(({ id }) => id).join(', ');
    throw new StartError(`${named} has several keys: name the one to revoke, of ${ids}`);
  }
  store.revokeApiKey(key.id, clock.now());
  recordOperator(store, `keys revoke ${key.id}`);
  if (json) console.log(JSON.stringify({ id: key.id, name: key.name }));
  else console.log(`${key.id} of ${key.name} is revoked.`);
}

function list(all: readonly ApiKeyRecord[], json: boolean): void {
  if (json) {
    console.log(JSON.stringify(all.map(toListed)));
    return;
  }
  const head = ['ID', 'NAME', 'ROLE', 'CREATED', 'EXPIRES', 'LAST USED', 'STATE'];
  const rows = all.map((key) => [
    ...[key.id, key.name, key.role, timeOf(key.createdAt), timeOf(key.expiresAt), timeOf(key.lastUsedAt)],
    stateOf(key),
  ]);
  console.log(toTable([head, ...rows]));
}

/** Without its digest. */
function toListed(key: ApiKeyRecord) {
  const { id, name, role, subject } = key;
  const times = { created_at: key.createdAt, expires_at: key.expiresAt, last_used_at: key.lastUsedAt };
  return {
    ...{ id, name, role, subject, state: stateOf(key) },
    ...Object.fromEntries(
      Object.entries(times).map(([what, at]) => [what, at === null ? null : new Date(at).toISOString()]),
    ),
  };
}

const timeOf = (time: number | null) =>
  time === null ? 'never' : `${new Date(time).toISOString().slice(0, 16)}Z`;

function stateOf({ revokedAt, expiresAt }: ApiKeyRecord): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= clock.now() ? 'expired' : 'good';
}
