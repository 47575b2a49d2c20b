import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { ChainCheck } from '../../src/store/audit-chain.ts';
import { copiedTables } from '../../src/store/postgres/copied-tables.ts';
import { copyIntoPostgres } from '../../src/store/postgres/copy-into-postgres.ts';
import { openPostgresStore } from '../../src/store/postgres-store.ts';
import { connectSqlite } from '../../src/store/sqlite/connect-sqlite.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { TestPostgres } from '../support/postgres.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.remove());

const day = Date.parse('2026-11-27T12:00:00Z');
const audited = (actor: string) => ({
  ...({ actor, sessionId: 'session-1', action: 'permission', decision: 'allow', reason: null } as const),
  ...{ rules: ['N1'], inputHash: null },
});

/** Something in every table. */
function fill(store: Store): void {
  store.create(sessionRecord({ config: { model: 'opus' }, nativeSessionId: 'native-1' }), {
    events: eventRecords(1, 2_500),
    session: { title: 'wörds \u{1f600}', turn: { id: 'turn_1', firstSeq: 2 }, isNamed: true },
    inputs: [inputRecord('i'), inputRecord('waiting', { notBefore: 5, parts: [] })],
    interactions: [interactionRecord('p')],
    worker: {
      ...{ process: { pid: 1, startTime: '2', mark: 'm', folder: '/f' }, offset: 70_000_000_000 },
      ...{ memory: '{}', turnId: null },
    },
    audit: [audited('ann'), audited('bob')],
    usage: {
      ...{ ownerId: 'alice', workerType: 'demo', model: null, inputTokens: 0.1, outputTokens: null },
      ...{ costUsd: 1 / 3, workMs: 5 },
    },
    deliveries: [{ target: 'chat', sessionId: 'session-1', eventId: 'evt_1', message: '{}' }],
  });
  // Text with a NUL, which PostgreSQL has not, and ids that languages sort otherwise than bytes.
  for (const id of ['b', 'B', 'a', 'Ä']) store.create(sessionRecord({ id, title: 'nul \0 here' }));
  store.create(sessionRecord({ id: 'fork', forkOf: 'native-1', isArchived: true }));
  store.saveShareLink({
    ...{ id: 's', sessionId: 'session-1', digest: 'd', leftOut: ['paths'], createdAt: 1, expiresAt: 2 },
    ...{ lastUsedAt: null, revokedAt: null },
  });
  store.saveApprovalLink({
    ...{ digest: 'd', sessionId: 'session-1', requestId: 'p', hook: 'chat', createdAt: 1, expiresAt: day },
  });
  store.saveApiKey({
    ...{ id: 'k', name: 'ci', subject: 'key:ci', digest: 'd', role: 'driver', createdAt: 1, expiresAt: null },
    ...{ lastUsedAt: null, revokedAt: null },
  });
  store.revokeApiKey('k', 9);
  store.saveRefresh({
    ...{ digest: 'r', subject: 'alice', role: 'viewer', signedInAt: 3, endsAt: null, expiresAt: 5_000 },
  });
  store.revokeSubject('bob', 7);
  store.saveSignInCode({ digest: 'c', expiresAt: 5_000 });
  for (const id of ['x', 'y'])
    store.savePushDevice({
      ...{ id, ownerId: 'alice', endpoint: `https://push.example/${id}`, p256dh: 'p', auth: 'a', name: id },
      ...{ language: 'en', showTitle: id === 'x', signedInAt: 1, createdAt: 2, expiresAt: 3 },
    });
  store.recordConfig({ time: 1, actor: null, origin: 'start', changes: [], sealed: 'sealed' }, []);
}

/** What a store says of all that `fill` put into one. */
const contents = (store: Store) => ({
  sessions: store
    .list({ limit: 50 })
    .map((session) => ({ ...session, title: session.title?.replace('\0', '\ufffd') })),
  events: [store.events('session-1', 0, 5_000), store.oldestSeq('session-1')],
  requests: [store.inputs('session-1', ['queued']), store.openInteractions('session-1')],
  worker: store.worker('session-1'),
  unfinished: store.unfinished().map(({ id }) => id),
  conversation: store.agentConversation('demo', 'native-1'),
  links: [store.shareLinks('session-1'), store.approvalLink('d')],
  credentials: [store.apiKeys(), store.isRevoked('k'), store.revokedUntil('bob')],
  devices: store.pushDevices('alice'),
  hooks: store.nextDelivery('chat'),
  usage: store.usage({ from: '2020-01-01', to: '2030-01-01', by: 'model' }),
  configs: store.configRecords(),
  audit: store.auditAfter(0, 10),
});

async function filledDatabase(): Promise<string> {
  const path = join(temporaryFolder(), 'hotplex.db');
  const store = await openSqliteStore({ path, clock });
  fill(store);
  store.close();
  return path;
}

test('[G12] all that a file keeps is in PostgreSQL afterwards, which says so and goes on with it', async () => {
  const path = await filledDatabase();
  const url = await postgres.emptyDatabase();
  const shares: number[] = [];
  const { tables } = await copyIntoPostgres(path, url, (share) => shares.push(share));
  expect(tables.map(({ table }) => table)).toEqual(copiedTables);
  expect(tables.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);

  const [file, store] = [await openSqliteStore({ path, clock }), await openPostgresStore({ url, clock })];
  expect(contents(store)).toEqual(contents(file));
  // What is taken works once, and what the database numbers goes on behind what was copied.
  expect(store.takeRefresh('r')).toEqual(file.takeRefresh('r'));
  expect(store.takeSignInCode('c')).toEqual(file.takeSignInCode('c'));
  for (const each of [file, store]) {
    each.commit(
      'session-1',
      {
        events: eventRecords(2_501, 2_501),
        inputs: [inputRecord('later')],
        audit: [audited('eve')],
        deliveries: [{ target: 'chat', sessionId: 'session-1', eventId: 'evt_2', message: '{}' }],
      },
      day,
    );
    each.recordConfig({ time: 2, actor: null, origin: 'start', changes: [], sealed: 'sealed' }, []);
  }
  expect(contents(store)).toEqual(contents(file));
  const check = new ChainCheck();
  expect(store.auditAfter(0, 10).map((record) => check.problemOf(record))).toEqual(Array(3).fill(undefined));
  expect(store.search({ ownerId: 'alice', text: 'wörds', limit: 5 }).hits).toHaveLength(1);
  file.close();
  store.close();
});

test('[G12] every table of a file is copied, or known to be made anew', async () => {
  const path = await filledDatabase();
  const connection = connectSqlite(path, { readonly: true });
  const tables = connection
    .prepare<[], string>(`select name from sqlite_schema where type = 'table'`)
    .pluck()
    .all()
    .filter((name) => !/^(sqlite_|kysely_|passage|search_progress$|pending_wipes$)/.test(name));
  connection.close();
  expect(tables.toSorted()).toEqual(copiedTables.toSorted());
});

test('[G12] a database that is not empty is left as it is', async () => {
  const path = await filledDatabase();
  const url = await postgres.emptyDatabase();
  await copyIntoPostgres(path, url);
  await expect(copyIntoPostgres(path, url)).rejects.toThrow(
    /is not empty \(there is something in sessions\)/,
  );
  const store = await openPostgresStore({ url, clock });
  expect(store.events('session-1', 0, 5_000)).toHaveLength(2_500);
  store.close();
});

test('[G12] a copy that is interrupted leaves nothing, and can be made again', async () => {
  const path = await filledDatabase();
  const url = await postgres.emptyDatabase();
  const interrupted = copyIntoPostgres(path, url, (share) => {
    if (share > 0.5) throw new Error('the cable was pulled');
  });
  await expect(interrupted).rejects.toThrow('the cable was pulled');
  const { tables } = await copyIntoPostgres(path, url);
  expect(tables.find(({ table }) => table === 'events')?.rows).toBe(2_500);
});

test('[G12] nothing is copied from under a gateway, nor into one', async () => {
  const path = await filledDatabase();
  const url = await postgres.emptyDatabase();
  const file = await openSqliteStore({ path, clock });
  await expect(copyIntoPostgres(path, url)).rejects.toThrow(/another gateway is using .*hotplex\.db/);
  file.close();
  const store = await openPostgresStore({ url, clock });
  await expect(copyIntoPostgres(path, url)).rejects.toThrow(/another gateway is using PostgreSQL at/);
  store.close();
});
