import { newApiKey } from '../auth/stored-api-keys.ts';
import type { Config } from '../config-schema.ts';
import type { ApiKeyRecord } from '../ground/api-key-record.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import { duration } from '../settings/values.ts';
import { expandPath } from '../start-checks.ts';
import { type OpenCredentials, openCredentials } from '../store/sqlite/open-credentials.ts';
import type { Command } from './command.ts';
import { openConfig } from './open-config.ts';
import { parseArguments } from './parse-arguments.ts';
import { recordOperator } from './record-operator.ts';

const help = `hotplex keys – API keys of programs; also while the gateway runs, which takes them at once

  hotplex keys create NAME    make a key; it is printed once, and only its digest is kept
  hotplex keys list           all keys: which, for whom, until when, last used
  hotplex keys revoke KEY     end a key, by its id or, if it is the only one, by its name

  --role ROLE       what it is good for: driver (default), viewer, or admin for the operators’ port alone
  --expires TIME    after so long it is void, such as 12h or 90d; default: never
  --rotate          make another key for a NAME that has, or had, one: the same somebody, with the same sessions
  --config FILE     the configuration that says where the database is`;

const options = {
  config: { type: 'string', short: 'c' },
  role: { type: 'string' },
  expires: { type: 'string' },
  rotate: { type: 'boolean', default: false },
} as const;

const isRole = (role: string): role is ApiKeyRecord['role'] => /^(viewer|driver|admin)$/.test(role);

/** Makes, shows and ends API keys. */
export const keysCommand: Command = {
  name: 'keys',
  usage: [['keys create NAME | list | revoke KEY', 'API keys of programs; see hotplex keys --help']],
  help,
  async run(args) {
    const { what, name, values } = readArguments(args);
    const { config } = openConfig(values.config);
    using store = await openCredentials(expandPath(config.db.path));
    if (what === 'list') list(store.apiKeys());
    else if (what === 'revoke') revoke(store, name);
    else create({ ...values, store, config, name });
    return 0;
  },
};

type CreateOptions = {
  store: OpenCredentials;
  config: Config;
  name: string;
  role?: string;
  expires?: string;
  rotate: boolean;
};

function create({ store, config, name, role = 'driver', expires, rotate }: CreateOptions): void {
  if (!isRole(role)) throw new StartError(`--role ${role}: it is viewer, driver or admin`);
  const lifetime = expires === undefined ? undefined : duration.safeParse(expires);
  if (lifetime && (!lifetime.success || lifetime.data < 1_000))
    throw new StartError(`--expires ${expires}: it must be a time such as 12h or 90d`);
  const namesakes = store.apiKeys().filter((known) => known.name === name);
  const isTaken = namesakes.some(({ revokedAt }) => revokedAt === null);
  const isConfigured = config.security.api_keys.some((known) => known.name === name);
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
  console.log(key);
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

function revoke(store: OpenCredentials, named: string): void {
  const keys = store.apiKeys();
  const live = keys.filter(({ name, revokedAt }) => name === named && revokedAt === null);
  const [key, ...others] = keys.filter(({ id }) => id === named).concat(live);
  if (!key) throw new StartError(`there is no key ${named}: see hotplex keys list`);
  if (others.length > 0) {
    const ids = live.map(({ id }) => id).join(', ');
    throw new StartError(`${named} has several keys: name the one to revoke, of ${ids}`);
  }
  store.revokeApiKey(key.id, clock.now());
  recordOperator(store, `keys revoke ${key.id}`);
  console.log(`${key.id} of ${key.name} is revoked.`);
}

function list(keys: readonly ApiKeyRecord[]): void {
  const head = ['ID', 'NAME', 'ROLE', 'CREATED', 'EXPIRES', 'LAST USED', 'STATE'];
  const rows = keys.map((key) => [
    ...[key.id, key.name, key.role, timeOf(key.createdAt), timeOf(key.expiresAt), timeOf(key.lastUsedAt)],
    stateOf(key),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

const timeOf = (time: number | null) =>
  time === null ? 'never' : `${new Date(time).toISOString().slice(0, 16)}Z`;

function stateOf({ revokedAt, expiresAt }: ApiKeyRecord): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= clock.now() ? 'expired' : 'good';
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, options);
  const [what = '', name = '', ...more] = positionals;
  const isCall = what === 'list' ? name === '' : /^(create|revoke)$/.test(what) && name !== '';
  if (!isCall || more.length > 0)
    throw new StartError('it is: hotplex keys create NAME, list, or revoke KEY: see hotplex keys --help');
  if (what === 'create' && !/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name))
    throw new StartError(`${name} is no name for a key: take up to 64 letters, digits and ._@-`);
  return { what, name, values };
}
