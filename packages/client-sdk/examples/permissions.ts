// The agent asks before it uses a tool, and this program decides.
import { AepClient } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;
const client = new AepClient({ url, workerType: 'demo', auth });
await client.connect();

let denied = false;
const turn = client.prompt('permission');
for await (const { event } of turn) {
  if (event.type === 'permission_request') {
    console.log(`it wants to use ${event.data.tool_name}: ${event.data.description}`);
    await client.respondToPermission(event.data.id, { allowed: false, reason: 'not today' });
  } else if (event.type === 'tool_result') denied = event.data.denied === true;
}
const { text } = await turn.done;
console.log(text);
client.close();
if (!denied || !text.includes('not today')) throw new Error('the tool ran without a permission');
