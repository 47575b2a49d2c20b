// node attachments.ts – a picture and a text file that go with a prompt. Needs HOTPLEX_URL and HOTPLEX_KEY.
import { createHash } from 'node:crypto';
import { AepClient, FilesApi } from '@hotplex/client-sdk';

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const notes = Buffer.from('the tea is in the blue pot\n');

/** What the demo agent says of a file that reached it byte for byte. */
const described = (what: string, content: Buffer) =>
  `- ${what}, ${content.length} bytes, SHA-256 ${createHash('sha256').update(content).digest('hex')}`;

const { HOTPLEX_URL = 'http://127.0.0.1:8888', HOTPLEX_KEY = '' } = process.env;
const gateway = { url: HOTPLEX_URL, auth: HOTPLEX_KEY };
using client = new AepClient({ ...gateway, workerType: 'demo' });
const { session_id: sessionId } = await client.connect();
const files = [
  await client.upload(new File([picture], 'dot.png')),
  await client.upload(new Blob([notes]), { name: 'notes.txt' }),
];
const { text } = await client.prompt({ content: 'What is attached?', attachments: files }).done;
console.log(text);
const expected = [described('a picture, image/png', picture), described('the file "notes.txt"', notes)];
if (text !== expected.join('\n')) throw new Error('the answer is another one');

// What a session has can be listed and read without the agent.
const api = new FilesApi(gateway);
const { files: listed } = await api.list(sessionId);
const [, kept] = listed;
if (!kept || listed.length !== 2) throw new Error('the session has other files');
if ((await (await api.download(sessionId, kept.id)).text()) !== String(notes))
  throw new Error('the file is another one');
