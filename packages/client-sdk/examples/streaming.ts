// Words as the agent writes them.
import { AepClient } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;
const client = new AepClient({ url, workerType: 'demo', auth });
await client.connect();

const turn = client.prompt('flood 50');
let streamed = '';
for await (const { event } of turn) {
  if (event.type !== 'message.delta') continue;
  process.stdout.write(event.data.content);
  streamed += event.data.content;
}
const { success, text } = await turn.done;
client.close();
if (!success || streamed !== text) throw new Error('what was streamed is not the answer');
