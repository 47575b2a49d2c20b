// node opencode.ts "What does this project do?" – a prompt by the SDK of OpenCode, and the answer as it grows.
import { createOpencodeClient } from '@opencode-ai/sdk';

const { HOTPLEX_URL = 'http://127.0.0.1:8888', HOTPLEX_KEY = '' } = process.env;
const client = createOpencodeClient({
  baseUrl: `${HOTPLEX_URL}/opencode`,
  headers: { Authorization: `Bearer ${HOTPLEX_KEY}` },
});
const { data: session, error } = await client.session.create({ body: { title: 'From a script' } });
if (!session) throw new Error(JSON.stringify(error));
const leave = new AbortController();
const { stream } = await client.event.subscribe({ signal: leave.signal });

const parts = [{ type: 'text' as const, text: process.argv[2] ?? 'Hello!' }];
await client.session.promptAsync({ path: { id: session.id }, body: { parts } });

for await (const { type, properties } of stream as AsyncIterable<{
  type: string;
  properties: { sessionID?: string; delta?: string };
}>) {
  if (properties.sessionID !== session.id) continue;
  if (type === 'message.part.delta') process.stdout.write(properties.delta ?? '');
  if (type === 'session.idle') break;
}
leave.abort();
