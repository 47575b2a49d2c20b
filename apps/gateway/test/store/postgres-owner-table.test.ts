import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openSharedLog } from '../../src/store/postgres/shared-log.ts';
import { ownerTableContract } from '../contracts/owner-table-contract.ts';
import { TestPostgres } from '../support/postgres.ts';
import { noParts, openPostgresSessions } from './support/postgres-sessions.ts';
import { sessionRecord } from './support/records.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(() => server.remove());

ownerTableContract('PostgreSQL', async () => {
  const url = await server.emptied();
  const store = await openPostgresSessions(url, { lock: 'several' });
  const log = openSharedLog({ url, life: 'one', workspace: 'disk', parts: noParts });
  onTestFinished(async () => {
    store.close();
    await log.close();
  });
  return {
    owners: log.owners,
    addSession: (id, { isUnfinished }) =>
      store.create(sessionRecord({ id, state: isUnfinished ? 'running' : 'idle' })),
  };
});
