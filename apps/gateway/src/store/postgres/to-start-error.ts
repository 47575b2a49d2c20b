import { StartError } from '../../ground/start-error.ts';
import { failureCode } from '../sqlite/failure-code.ts';

/** By the codes of PostgreSQL (postgresql.org/docs, "PostgreSQL Error Codes"), of the network and of TLS. */
const reasons: readonly [codes: RegExp, reason: string, remedy: string][] = [
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOENT|ETIMEDOUT|ECONNRESET|EPIPE)$/,
    'it cannot be reached',
    'start it, or correct host and port of db.url (HOTPLEX_DB_URL)',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its host has no address', 'correct the host of db.url (HOTPLEX_DB_URL)'],
  [
    /^(28P01|28000)$/,
    'it does not let this user in',
    'correct user and password of db.url (HOTPLEX_DB_URL), or pg_hba.conf there',
  ],
  [
    /^3D000$/,
    'there is no such database',
    'make it with createdb, or correct its name in db.url (HOTPLEX_DB_URL)',
  ],
  [
    /^(42501|3F000)$/,
    'this user may make no tables in it',
    'have the user own the database (ALTER DATABASE … OWNER TO …)',
  ],
  [/^25006$/, 'it takes no writes', 'name the primary server in db.url (HOTPLEX_DB_URL), not a standby'],
  [/^53300$/, 'it has no connection left', 'raise max_connections there, or end other programs'],
  [/^57P0[123]$/, 'it is starting or stopping', 'try again in a moment'],
  [/^(53100|58030)$/, 'its disk is full or failing', 'free space there'],
  [
    /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_)/,
    'its certificate is not trusted',
    'name its authority with sslrootcert= in db.url, or in NODE_EXTRA_CA_CERTS',
  ],
];

/** Where a database is, without who signs in to it: `db.example.com:5432/hotplex`. */
export function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname || (searchParams.get('host') ?? 'localhost');
  return `${host}${port && `:${port}`}${pathname}`;
}

/** Why a PostgreSQL database cannot be used at start, in one sentence with its place and a remedy. */
export function toStartError(url: string, error: unknown): StartError {
  if (error instanceof StartError) return error;
  const code = failureCode(error);
  const known = reasons.find(([codes]) => code !== undefined && codes.test(code));
  const said = error instanceof Error ? error.message : String(error);
  const [, reason, remedy] = known ?? [undefined, `${said}${code ? ` (${code})` : ''}`, 'look into its log'];
  return new StartError(`cannot use PostgreSQL at ${placeOf(url)}: ${reason}; ${remedy}`, { cause: error });
}
