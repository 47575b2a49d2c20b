import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openSharedLog } from '../../src/store/postgres/shared-log.ts';
import type { SharedChange } from '../../src/store/shared-log.ts';
import { TestPostgres } from '../support/postgres.ts';
import { noParts, openPostgresSessions } from './support/postgres-sessions.ts';
import {
  eventRecord,
  eventRecords,
  inputRecord,
  interactionRecord,
  sessionRecord,
} from './support/records.ts';
import { commit, create, writes } from './support/shared-writes.ts';

type Sessions = Awaited<ReturnType<typeof openPostgresSessions>>;

let server: TestPostgres;
let url: string;
let store: Sessions;

beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.emptied();
  store = await openPostgresSessions(url, { lock: 'several' });
  onTestFinished(() => store.close());
});

function openLog(life: string) {
  const log = openSharedLog({ url, life, workspace: 'disk', parts: noParts });
  onTestFinished(() => log.close());
  return log;
}

/** A life of a node takes a session over, as its router does it; the new fence. */
function take(sessionId: string, life: string): number {
  const [[row] = []] = store.access.write<{ fence: number }>([
    {
      text: `insert into session_owners (session_id, life, fence, workspace) values ($1, $2, 1, 'disk')
        on conflict (session_id) do update set life = excluded.life, fence = session_owners.fence + 1, written = 0
        returning fence`,
      values: [sessionId, life],
    },
  ]);
  return row?.fence ?? 0;
}

describe('the shared log', () => {
  it('stores what follows each other in one session, and other sessions beside it, at once', async () => {
    const [fence, other] = [take('a', 'life-1'), take('b', 'life-1')];
    const session = { title: 'named', state: 'running' };
    const done = { inputs: [inputRecord('i', { status: 'done' })], interactions: [interactionRecord('p')] };
    const [a, b] = [
      writes('a', fence, [
        create('a'),
        commit(1, 2, { session, inputs: [inputRecord('i')] }),
        commit(3, 3, { session: { state: 'idle' }, ...done }),
      ]),
      writes('b', other, [create('b'), commit(1, 1)]),
    ];
    const mixed = [a[0], b[0], a[1], a[2], b[1]].filter((write) => write !== undefined);
    expect(await openLog('life-1').append(mixed)).toEqual(mixed.map(() => 'stored'));
    expect(store.find('a')).toEqual(
      sessionRecord({ id: 'a', title: 'named', state: 'idle', lastSeq: 3, updatedAt: 2_000 }),
    );
    expect(store.events('a', 0, 9)).toEqual(eventRecords(1, 3));
    expect(store.inputs('a', ['queued', 'done'])).toEqual([inputRecord('i', { status: 'done' })]);
    expect(store.openInteractions('a')).toEqual([interactionRecord('p')]);
    expect(store.find('b')?.lastSeq).toBe(1);
  });

  it('makes and forks in their order', async () => {
    const fences = ['a', 'b'].map((id) => take(id, 'life-1'));
    const [fence = 0, other = 0] = fences;
    const fork: SharedChange = {
      ...{ kind: 'fork', from: 'a', record: sessionRecord({ id: 'b', lastSeq: 2 }) },
      commit: { events: [eventRecord(3, { type: 'session.forked' })] },
    };
    const outcomes = await openLog('life-1').append([
      ...writes('a', fence, [create('a'), commit(1, 2)]),
      ...writes('b', other, [fork]),
      ...writes('a', fence, [commit(3, 3)], 3),
    ]);
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'stored'));
    expect(store.events('b', 0, 9).map(({ type }) => type)).toEqual([
      'message.delta',
      'message.delta',
      'session.forked',
    ]);
    expect(store.find('a')?.lastSeq).toBe(3);
  });

  it('[G1] what is sent again is stored once, whatever it is sent with', async () => {
    const fence = take('a', 'life-1');
    const all = writes('a', fence, [create('a'), commit(1, 2), commit(3, 3), commit(4, 4)]);
    const log = openLog('life-1');
    expect(await log.append(all.slice(0, 3))).toEqual(['stored', 'stored', 'stored']);
    expect(await log.append(all.slice(1, 4))).toEqual(['stored', 'stored', 'stored']);
    expect(await log.append(all)).toEqual(Array.from({ length: 4 }, () => 'stored'));
    expect(store.events('a', 0, 9)).toEqual(eventRecords(1, 4));
  });

  it('refuses what does not follow, and all that this owner writes to the session after it, but nothing else', async () => {
    const [fence, other] = [take('a', 'life-1'), take('b', 'life-1')];
    const outcomes = await openLog('life-1').append([
      ...writes('a', fence, [create('a'), commit(1, 1), commit(3, 3), commit(2, 2)]),
      ...writes('b', other, [create('b'), commit(1, 1)]),
    ]);
    expect(outcomes).toEqual(['stored', 'stored', 'refused', 'refused', 'stored', 'stored']);
    expect(store.events('a', 0, 9)).toEqual(eventRecords(1, 1));
  });

  it('refuses what the database cannot keep, but nothing else', async () => {
    const [fence, other] = [take('a', 'life-1'), take('b', 'life-1')];
    const outcomes = await openLog('life-1').append([
      ...writes('a', fence, [
        create('a'),
        commit(1, 1, { inputs: [inputRecord('i', { createdAt: 1e300 })] }),
      ]),
      ...writes('b', other, [create('b')]),
    ]);
    expect(outcomes).toEqual(['stored', 'refused', 'stored']);
  });

  it('[G12] refuses whoever has lost the session, and whoever never had it', async () => {
    const fence = take('a', 'life-1');
    const [first, second] = [openLog('life-1'), openLog('life-2')];
    await first.append(writes('a', fence, [create('a'), commit(1, 1)]));
    expect(await second.append(writes('a', fence, [commit(2, 2)]))).toEqual(['fenced']);
    const next = take('a', 'life-2');
    expect(await first.append(writes('a', fence, [commit(2, 2)], 3))).toEqual(['fenced']);
    expect(await second.append(writes('a', next, [commit(2, 2)]))).toEqual(['stored']);
    expect(store.events('a', 0, 9)).toEqual(eventRecords(1, 2));
  });

  it('[G1] what PostgreSQL undid because others were in its way is sent again, and stored once', async () => {
    store.access.write(
      [
        'create sequence undone',
        `create function undo() returns trigger language plpgsql as $$ begin
          if nextval('undone') <= 2 then raise exception 'undone' using errcode = 'deadlock_detected'; end if;
          return null; end $$`,
        'create trigger undo after insert on events for each statement execute function undo()',
      ].map((text) => ({ text })),
    );
    onTestFinished(() => {
      store.access.write([{ text: 'drop function undo cascade' }, { text: 'drop sequence undone' }]);
    });
    expect(await openLog('life-1').append(writes('a', 1, [create('a'), commit(1, 2)]))).toEqual([
      ...['stored', 'stored'],
    ]);
    expect(store.events('a', 0, 9)).toEqual(eventRecords(1, 2));
  });

  it('[G11] rejects while the database is away, and the same writes are stored when it is back', async () => {
    const fence = take('a', 'life-1');
    const log = openLog('life-1');
    const all = writes('a', fence, [create('a'), commit(1, 1)]);
    await log.append(all.slice(0, 1));
    await server.end('SIGQUIT');
    await expect(log.append(all)).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
    await server.run();
    await expect
      .poll(() => log.append(all).catch(() => []), { timeout: 20_000 })
      .toEqual(['stored', 'stored']);
  });
});
