// A conversation: the agent remembers what was said before.
import { AepClient } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;
const client = new AepClient({ url, workerType: 'demo', auth });
await client.connect();
await client.prompt('remember the blue door').done;
const { text } = await client.prompt('recall').done;
console.log(text);
client.close();
if (!text.includes('the blue door')) throw new Error('the agent has forgotten');
