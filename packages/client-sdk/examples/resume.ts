// A program that was gone comes back to the same conversation and reads what it missed.
import { AepClient } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;

const first = new AepClient({ url, workerType: 'demo', auth });
const { session_id: sessionId } = await first.connect();
await first.prompt('flood 200').accepted;
const { lastSeq } = first;
first.close();

// What came meanwhile is replayed: everything after the number that was seen last.
const second = new AepClient({ url, workerType: 'demo', auth, sessionId, lastSeq });
let answer = '';
const ended = new Promise<void>((resolve) => {
  second.onEvent(({ event }) => {
    if (event.type === 'message.delta') answer += event.data.content;
    else if (event.type === 'done') resolve();
  });
});
await second.connect();
await ended;
second.close();
console.log(`${answer.length} characters were read after coming back`);
if (!answer.endsWith(' 5j\n')) throw new Error('the end of the answer is missing');
