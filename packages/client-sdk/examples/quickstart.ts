// One prompt, one answer. Needs HOTPLEX_URL and HOTPLEX_KEY.
import { AepClient } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;
const client = new AepClient({ url, workerType: 'demo', auth });
await client.connect();
const { text } = await client.prompt('flood 3').done;
console.log(text);
client.close();
if (text !== '0 1 2 ') throw new Error('the answer is another one');
