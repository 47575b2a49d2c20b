import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { filesWith } from '../../apps/gateway/test/store/support/files-with.ts';
import { followStream } from '../support/follow-stream.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

/** Letters that nothing else is written in, and the part of them that the search index cannot shorten. */
const secret = '𐌰𐌱𐌲𐌳𐌴𐌵';
const piece = '𐌱𐌲';

/** A session with one turn about the secret. */
async function talk(gateway: RunningGateway): Promise<string> {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  const { session_id: sessionId } = await client.connect();
  await client.prompt(`flood 100 ${secret}`).done;
  await new SessionsApi({ url: gateway.url, auth: apiKey }).rename(sessionId, `About ${secret}`);
  return sessionId;
}

test('[L3] DELETE deletes: no file has the text when it answers, and soon no index has a part of it', async () => {
  await using gateway = await startGateway();
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  const sessionId = await talk(gateway);
  await expect.poll(async () => (await api.search(secret)).hits.length, { timeout: 10_000 }).toBe(2);
  expect(filesWith(gateway.dataDir, secret)).not.toEqual([]);
  await api.remove(sessionId);
  expect(filesWith(gateway.dataDir, secret)).toEqual([]);
  expect((await api.search(secret)).hits).toEqual([]);
  await expect.poll(() => filesWith(gateway.dataDir, piece), { timeout: 10_000 }).toEqual([]);
});

test('[L3] a session that nobody touches goes by itself, its followers are told, and its text with it', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_SESSION_RETENTION: '1s' } });
  const sessionId = await talk(gateway);
  for await (const { event } of followStream(gateway, sessionId)) {
    if (event.type === 'state' && JSON.stringify(event.data).includes('deleted')) break;
  }
  await expect.poll(() => filesWith(gateway.dataDir, piece), { timeout: 10_000 }).toEqual([]);
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  await expect(api.get(sessionId)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
});
