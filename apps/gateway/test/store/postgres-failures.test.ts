import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { StartError } from '../../src/ground/start-error.ts';
import { connectPostgres } from '../../src/store/postgres/connect-postgres.ts';
import { openPostgresAccess } from '../../src/store/postgres/open-postgres-access.ts';
import { TestPostgres } from '../support/postgres.ts';
import { openPostgresSessions } from './support/postgres-sessions.ts';
import { eventRecord, eventRecords, sessionRecord } from './support/records.ts';
import { startProgram } from './support/start-program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let server: TestPostgres;
let url: string;

beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.database();
});

async function open(limitMs?: number) {
  const store = await openPostgresSessions(url, limitMs === undefined ? {} : { limitMs });
  onTestFinished(() => store.close());
  return store;
}

function failureOf(work: () => unknown): GatewayError {
  try {
    work();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Another connection to the database, for what disturbs the first. */
async function connectAnother() {
  const client = await connectPostgres({ url, connectMs: 5_000, statementMs: 0 });
  onTestFinished(() => client.end());
  return client;
}

/** Waits until the store has its connection again. */
async function untilBack(read: () => unknown): Promise<void> {
  await vi.waitFor(read, { timeout: 20_000, interval: 50 });
}

describe('a server that goes away', () => {
  it('[G11] refuses everything at once while it is away, and goes on by itself when it is back', async () => {
    const store = await open();
    store.create(sessionRecord(), { events: eventRecords(1, 3) });
    await server.end('SIGQUIT');
    expect(failureOf(() => store.find('session-1'))).toMatchObject({
      code: 'GATEWAY_OVERLOAD',
      retryable: true,
    });
    const startedAt = performance.now();
    for (let call = 0; call < 100; call += 1) expect(() => store.find('session-1')).toThrow(GatewayError);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await server.run();
    await untilBack(() => store.find('session-1'));
    store.commit('session-1', { events: eventRecords(4, 4) }, 2_000);
    expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 4));
  });

  it('[G1] a commit during which the server ends the connection stores nothing', async () => {
    const store = await open();
    store.create(sessionRecord(), { events: eventRecords(1, 1) });
    const another = await connectAnother();
    await another.query(`create function cut() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
    await another.query(`create constraint trigger cut after insert on events
      deferrable initially deferred for each row execute function cut()`);
    const commit = () => store.commit('session-1', { events: eventRecords(2, 2) }, 3_000);
    expect(failureOf(commit).code).toBe('GATEWAY_OVERLOAD');
    await another.query('drop trigger cut on events');
    await untilBack(() => store.find('session-1'));
    expect(store.find('session-1')?.lastSeq).toBe(1);
    commit();
    expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 2));
  });
});

describe('a connection that is cut', () => {
  it.each([
    ['before the server heard', 'cut-before', 'commit'],
    ['before the server answered', 'cut-after', 'commit'],
    ['before the server heard', 'cut-before', 'create'],
    ['before the server answered', 'cut-after', 'create'],
  ])('[G1] %s (%s): what a %s stores is there once', async (_, marker, call) => {
    const folder = temporaryFolder();
    const proxy = startProgram('cutting-proxy', join(folder, '.s.PGSQL.5432'), server.socket);
    expect(await proxy.nextLine()).toBe('ready');
    const store = await openPostgresSessions(url.replace(/@.*\//, `@${encodeURIComponent(folder)}/`));
    const title = call === 'create' ? marker : null;
    store.create(sessionRecord({ title }), { events: eventRecords(1, 1) });
    store.commit(
      'session-1',
      { events: [eventRecord(2, { id: call === 'commit' ? marker : 'evt_2' })] },
      3_000,
    );
    store.commit('session-1', { events: eventRecords(3, 3) }, 4_000);
    expect(store.events('session-1', 0, 9).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(store.find('session-1')?.title).toBe(title);
    store.close();
  });
});

describe('a server that is slow', () => {
  it('[G11] gives up what takes too long, stores nothing of it, and goes on', async () => {
    const store = await open(1_000);
    store.create(sessionRecord());
    const another = await connectAnother();
    await another.query('begin');
    await another.query('select from sessions for update');
    const startedAt = performance.now();
    const failure = failureOf(() => store.commit('session-1', { events: eventRecords(1, 1) }, 2_000));
    expect(failure).toMatchObject({ code: 'GATEWAY_OVERLOAD', cause: { code: '57014' } });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await another.query('rollback');
    store.commit('session-1', { events: [eventRecord(1, { id: 'evt_other' })] }, 2_000);
    expect(store.events('session-1', 0, 10)).toEqual([eventRecord(1, { id: 'evt_other' })]);
  });
});

describe('one gateway per database', () => {
  it('[G12] a second one is refused in the words of a file, and may begin when the first has ended', async () => {
    const first = await open();
    await expect(openPostgresSessions(url)).rejects.toThrow(StartError);
    await expect(openPostgresSessions(url)).rejects.toThrow(
      /^another gateway is using PostgreSQL at .*; end it with hotplex gateway stop, or set HOTPLEX_DB_URL for this one$/,
    );
    const beside = await openPostgresAccess({ url, lock: 'beside' });
    expect(beside.read({ text: 'select 1 as one' })).toEqual([{ one: 1 }]);
    beside.close();
    first.close();
    (await open()).close();
  });
});

describe('values', () => {
  it('keeps texts as they are but for NUL, which PostgreSQL has not', async () => {
    const access = await openPostgresAccess({ url });
    const texts = ['', '\\', '"', "'", '{a,b}', 'null', '👋🏽', '\n', 'a\0b', '\ud800'];
    const [row] = access.read<{ each: string[]; all: string[] }>({
      text: 'select array_agg(x order by nth) as each, $1::text[] as all from unnest($1::text[]) with ordinality as given (x, nth)',
      values: [texts],
    });
    const stored = texts.map((text) => text.replace('\0', '\ufffd').toWellFormed());
    expect(row).toEqual({ each: stored, all: stored });
    expect(access.read({ text: `select 2::bigint as a, 1.5::numeric as b, null as c` })).toEqual([
      { a: 2, b: 1.5, c: null },
    ]);
    access.close();
    expect(failureOf(() => access.read({ text: 'select 1' })).code).toBe('INTERNAL_ERROR');
  });

  it('[G1] several statements are one transaction', async () => {
    const access = await openPostgresAccess({ url });
    const insert = { text: `insert into sign_in_codes values ($1, 1) returning digest`, values: ['a'] };
    expect(failureOf(() => access.write([insert, insert])).code).toBe('INTERNAL_ERROR');
    expect(access.read({ text: 'select from sign_in_codes' })).toEqual([]);
    expect(access.write([insert, { ...insert, values: ['b'] }])).toEqual([
      [{ digest: 'a' }],
      [{ digest: 'b' }],
    ]);
    access.close();
  });
});

describe('a start', () => {
  it.each([
    ['no such database', (at: string) => at.replace(/test_\d+$/, 'nothing'), /there is no such database/],
    ['no server', (at: string) => at.replace('pg-', 'no-'), /it cannot be reached/],
  ])('[A1] says why it is impossible: %s', async (_, wrong, why) => {
    await expect(openPostgresSessions(wrong(url))).rejects.toThrow(StartError);
    await expect(openPostgresSessions(wrong(url))).rejects.toThrow(why);
  });
});
