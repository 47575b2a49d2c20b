import { afterAll, beforeAll, it } from 'vitest';
import { TestPostgres } from '../support/postgres.ts';
import { agreesWithMemory } from './support/agrees-with-memory.ts';
import { sessionsOfOneDatabase } from './support/postgres-sessions.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
});
const { open, close } = sessionsOfOneDatabase(() => server);
afterAll(async () => {
  close();
  await server.remove();
});

it('[G2] the store on PostgreSQL and the memory store agree on any sequence of calls', async () => {
  await agreesWithMemory(open, 30);
});
