// What can go wrong, and how a program tells one thing from another.
import { AepClient, AepError } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;

/** What the gateway or the client says no with. */
async function refusal(request: Promise<unknown>): Promise<AepError> {
  const error = await request.then(
    () => new Error('that was taken'),
    (cause: unknown) => cause,
  );
  if (error instanceof AepError) return error;
  throw error;
}

// An agent that does not exist: the gateway refuses, and says what there is.
const { code, message, remedy } = await refusal(new AepClient({ url, workerType: 'nobody', auth }).connect());
console.log(`${code}: ${message}\n  what to do: ${remedy}`);

const client = new AepClient({ url, workerType: 'demo', auth });
await client.connect();

// A turn that failed is a result: the agent ran, and says what happened.
const failed = await client.prompt('error').done;
if (failed.success || failed.error === null) throw new Error('the turn did not fail');
console.log(`the turn failed: ${failed.error.message} (again: ${failed.error.retryable})`);

// A turn that never ran rejects, with a code to look for.
const first = client.prompt('wait', { inputId: 'job-1' });
for await (const _ of first) break;
const conflict = await refusal(client.prompt('flood 3', { inputId: 'job-1' }).done);
console.log(`${conflict.code}: ${conflict.message}`);
if (conflict.code !== 'INPUT_CONFLICT') throw conflict;

// Leaving a turn does not end it: that has to be asked for.
await first.interrupt();
const { stopReason } = await first.done;
console.log(`the turn ended: ${stopReason}`);
client.close();
if (stopReason !== 'interrupted') throw new Error('it was not interrupted');
