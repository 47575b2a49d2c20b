import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import type { PushDevice } from '../../src/ground/push-device.ts';
import { appendStatement } from '../../src/store/postgres/append-statement.ts';
import { connectPostgres } from '../../src/store/postgres/connect-postgres.ts';
import { openPostgresAccess } from '../../src/store/postgres/open-postgres-access.ts';
import type { PostgresAccess, Statement } from '../../src/store/postgres/postgres-access.ts';
import { toStep } from '../../src/store/postgres/step.ts';
import { createPostgresStore, type PostgresStore, stepParts } from '../../src/store/postgres-store.ts';
import { TestPostgres } from '../support/postgres.ts';
import { eventRecords, sessionRecord } from './support/records.ts';

let server: TestPostgres;
let url: string;
let access: PostgresAccess;
let store: PostgresStore;

beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.emptied();
  access = await openPostgresAccess({ url, lock: 'several' });
  store = createPostgresStore(access, { clock, logger: silentLogger });
  onTestFinished(() => store.close());
});

/** What a gateway sends for this. */
function sentFor(call: (store: PostgresStore) => unknown): readonly Statement[] {
  const sent: Statement[] = [];
  const recording: PostgresAccess = {
    read: (statement) => access.read(statement),
    write(statements) {
      sent.push(...statements);
      return [];
    },
    close() {},
  };
  const other = createPostgresStore(recording, { clock, logger: silentLogger });
  call(other);
  other.close();
  return sent;
}

/** Another gateway does this in a transaction that is not over yet, and ends by itself a moment later; waits for that. */
async function meanwhile(statements: readonly Statement[]): Promise<() => Promise<unknown>> {
  const client = await connectPostgres({ url, connectMs: 5_000, statementMs: 0 });
  await client.query('begin');
  for (const { text, values = [] } of statements) await client.query({ text, values: [...values] });
  const over = Promise.all([client.query('select pg_sleep(0.2)'), client.query('commit')]);
  onTestFinished(async () => {
    await over;
    await client.end();
  });
  return () => over;
}

describe('two gateways at once', () => {
  it('[J3] only the newest sign-in code is good', async () => {
    const over = await meanwhile(
      sentFor((other) => other.saveSignInCode({ digest: 'other', expiresAt: 9_000 })),
    );
    store.saveSignInCode({ digest: 'own', expiresAt: 9_000 });
    await over();
    expect(store.takeSignInCode('other')).toBeUndefined();
    expect(store.takeSignInCode('own')).toEqual({ digest: 'own', expiresAt: 9_000 });
  });

  it('[J3] one of them takes a sign-in code, a refresh token, a token that is good once', async () => {
    const refresh = {
      digest: 'r',
      subject: 'a',
      role: 'driver',
      signedInAt: 1,
      endsAt: null,
      expiresAt: 9_000,
    } as const;
    store.saveSignInCode({ digest: 'c', expiresAt: 9_000 });
    store.saveRefresh(refresh);
    await meanwhile(
      sentFor((other) => [other.takeSignInCode('c'), other.takeRefresh('r'), other.spendToken('t', 9_000)]),
    );
    expect([store.takeSignInCode('c'), store.takeRefresh('r'), store.spendToken('t', 9_000)]).toEqual([
      ...[undefined, undefined, false],
    ]);
  });

  it('a browser that is saved twice at once is there once, and the later one is it', async () => {
    const device = (id: string): PushDevice => ({
      ...{ id, ownerId: 'alice', endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a', name: 'n' },
      ...{ language: 'en', showTitle: true, signedInAt: 1, createdAt: 1, expiresAt: 9_000 },
    });
    await meanwhile(sentFor((other) => other.savePushDevice(device('other'))));
    store.savePushDevice(device('own'));
    expect(store.pushDevices('alice').map(({ id }) => id)).toEqual(['own']);
  });

  it('[L3] both remove a session bit by bit', async () => {
    store.create(sessionRecord({ state: 'deleted' }), { events: eventRecords(1, 30) });
    await meanwhile(sentFor((other) => other.removePart('session-1', 10)));
    expect(store.removePart('session-1', 10)).toBe(false);
    expect(store.events('session-1', 0, 30)).toHaveLength(10);
  });

  it('what turns took is added up', async () => {
    const usage = { ownerId: 'alice', workerType: 'demo', model: null, inputTokens: 1 } as const;
    const turn = { ...usage, outputTokens: 2, costUsd: null, workMs: 3 };
    const step = { kind: 'commit', owned: null, commit: { usage: turn }, now: 1_000 } as const;
    for (const id of ['own', 'other']) store.create(sessionRecord({ id }));
    await meanwhile([appendStatement([toStep({ ...step, sessionId: 'other' })], { parts: stepParts })]);
    store.commit('own', { usage: turn }, 1_000);
    expect(store.usage({ from: '1970-01-01', to: '1970-01-01', by: 'user' })).toMatchObject([
      { turns: 2, inputTokens: 2, outputTokens: 4, workMs: 6 },
    ]);
  });
});
