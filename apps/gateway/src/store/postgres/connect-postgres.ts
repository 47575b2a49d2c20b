import pg from 'pg';

export type PostgresClient = pg.Client;

type ConnectOptions = {
  url: string;
  /** How long to wait for the connection, milliseconds. */
  connectMs: number;
  /** After so long the server gives a statement up, milliseconds; 0: never. */
  statementMs: number;
};

/**
 * What these statements rely on. In `read committed` a row that somebody else has just changed is looked at again before
 * it is changed: that is how fences and numbers are checked. Plans are made once, since each statement has one good plan.
 */
const session = `set default_transaction_isolation = 'read committed';
  set plan_cache_mode = force_generic_plan;
  set client_min_messages = warning`;

/** PostgreSQL sends these as text because they may be larger than what a number holds exactly; ours are not. */
const counted = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC];

/**
 * A connection on which statements follow each other without waiting for answers. Rejects if there is none. Whoever asks
 * for one listens to its `error` and `end`. The only place that knows which PostgreSQL library is in use.
 */
export async function connectPostgres(options: ConnectOptions): Promise<PostgresClient> {
  const types = new pg.TypeOverrides();
  for (const type of counted) types.setTypeParser(type, Number);
  const client = new pg.Client({
    ...{ connectionString: options.url, types, pipeline: true, keepAlive: true },
    ...{ application_name: 'hotplex', connectionTimeoutMillis: options.connectMs },
    ...(options.statementMs > 0 && { statement_timeout: options.statementMs }),
  });
  // A connection that breaks tells so twice: by this event and by what is rejected.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(session);
    return client;
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  }
}

/** Ends it at once, whatever it is waiting for. */
export function cutOff(client: PostgresClient): void {
  client.connection.stream.destroy();
}
