// What a service does with an agent: a conversation that it finds again, a job that runs once however often the program
// starts, a limit for every turn, credentials that are fetched, logs, and an orderly end.
//
//     node production.ts STATE-FILE
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { AepClient, AepError, type ConnectionState } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY = '' } = process.env;
const turnLimitMs = 30_000;
const stateFile = process.argv[2] ?? 'state.json';

/** Where this program was when it last wrote it down. */
type Place = { sessionId: string; epoch: string; lastSeq: number };

/** Stands for a vault or a token service. It is asked for every connection, so what it brings may be short-lived. */
const fetchCredential = async () => HOTPLEX_KEY;

function logConnection(state: ConnectionState): void {
  if (state.status === 'reconnecting')
    console.error(`the link was lost: attempt ${state.attempt}, ${state.cause?.message ?? 'no word'}`);
  else console.error(`connection: ${state.status}`);
}

/** Runs once in a session: the gateway knows the job by its name, and says so when it has run before. */
async function runJob(client: AepClient): Promise<void> {
  const turn = client.prompt('flood 40', { inputId: 'nightly-report' });
  // The agent goes on when nobody listens: a limit has to say that it shall not.
  const limit = setTimeout(() => void turn.interrupt(), turnLimitMs);
  try {
    for await (const { event } of turn) {
      if (event.type !== 'permission_request') continue;
      const reason = 'nobody is here to decide';
      await client.respondToPermission(event.data.id, { allowed: false, reason });
    }
    const { success, error, text, stopReason } = await turn.done;
    if (!success) throw error ?? new Error(`the turn ended: ${stopReason}`);
    console.error(`the job is done: ${text.length} characters, ${stopReason}`);
  } catch (error) {
    if (!(error instanceof AepError) || error.code !== 'ALREADY_RESOLVED') throw error;
    console.error('the job has run before');
  } finally {
    clearTimeout(limit);
  }
}

const known: Partial<Place> = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : {};
const client = new AepClient({
  ...{ url, workerType: 'demo', auth: fetchCredential, ...known },
  client: { name: 'production-example' },
  reconnect: { minMs: 100, maxMs: 5_000, attempts: 20 },
});
client.onConnection(logConnection);
process.on('SIGTERM', () => client.close());

const { session_id: sessionId, epoch } = await client.connect();
// Written down before anything is asked: a program that is ended here finds its session again.
const save = () => writeFileSync(stateFile, JSON.stringify({ sessionId, epoch, lastSeq: client.lastSeq }));
save();
await runJob(client);
save();
client.close();
