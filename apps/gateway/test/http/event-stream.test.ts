import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { newApiKey } from '../../src/auth/stored-api-keys.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';
import { type Received, readStream } from './read-stream.ts';

async function openSession() {
  const gateway = await openGateway();
  const { api, door, sessions } = gateway;
  const identity = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.open({ identity, workerType: 'scripted', key: 'a' });
  const ask = async (
    query = '',
    headers: Record<string, string> = { 'x-api-key': apiKey },
    method = 'GET',
  ) => {
    const incoming = { headers, socket: { remoteAddress: '127.0.0.1' } };
    const path = `/api/sessions/${session.record.id}/stream${query}`;
    return await api.request(path, { method, headers }, { incoming });
  };
  const listen = async (query?: string, headers?: Record<string, string>) => {
    const { status, body } = await ask(query, headers);
    expect(status).toBe(200);
    const stream = readStream(body ?? new ReadableStream());
    onTestFinished(() => stream.cancel());
    await stream.next();
    return stream;
  };
  return { ...gateway, identity, session, ask, listen };
}

const seqs = (received: readonly Received[] = []) =>
  received.flatMap((one) => ('seq' in one ? [one.seq] : []));
const has = (wanted: number) => (one: Received) => 'seq' in one && one.seq === wanted;

describe('the log as server-sent events', () => {
  test('[R4] who asks for its headers alone begins no stream that nobody would end', async () => {
    const { session, ask } = await openSession();
    const attach = vi.spyOn(session, 'attach');
    const { status, headers } = await ask('', undefined, 'HEAD');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(attach).not.toHaveBeenCalled();
  });

  test('[R4] comes from the start, then live; a client that comes back gets what it missed, once', async () => {
    const { session, listen } = await openSession();
    for (let index = 1; index <= 300; index += 1) session.rename(`title ${index}`);
    const first = await listen();
    const history = await first.until(has(300));
    expect(seqs(history)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    const live = first.next();
    session.rename('live');
    expect(await live).toMatchObject([
      { id: `${session.record.epoch}:301`, type: 'session.title', data: { title: 'live' } },
    ]);
    await first.cancel();
    session.rename('missed');
    for (const id of [`${session.record.epoch}:300`, '300']) {
      const second = await listen('?after=5', { 'x-api-key': apiKey, 'last-event-id': id });
      expect(seqs(await second.next())).toEqual([301, 302]);
    }
    const third = await listen('?after=301');
    expect(seqs(await third.next())).toEqual([302]);
  });

  test.each([
    ['epoch_changed', () => 'another-life:1'],
    ['future_seq', (epoch: string) => `${epoch}:9`],
  ])('[R3] an impossible place to go on from is said, not guessed: %s', async (reason, lastId) => {
    const { session, ask } = await openSession();
    session.rename('one');
    const { body } = await ask('', { 'x-api-key': apiKey, 'last-event-id': lastId(session.record.epoch) });
    const stream = readStream(body ?? new ReadableStream());
    onTestFinished(() => stream.cancel());
    const all = await stream.until((one) => 'type' in one && one.type === 'session.title');
    expect(all).toMatchObject([
      { id: '', type: 'resync', data: { reason, first_seq: 1, last_seq: 1, epoch: session.record.epoch } },
      { seq: 1, type: 'session.title' },
    ]);
  });

  test('[R4] an id that no stream gave out is refused', async () => {
    const { ask } = await openSession();
    for (const id of ['x', '-1', '1.5', ':', '1e3'])
      expect((await ask('', { 'x-api-key': apiKey, 'last-event-id': id })).status, id).toBe(400);
  });

  test('[B2] [G6] a client that stops reading holds one page, disturbs nobody and ends complete', async () => {
    const { session, worker, listen } = await openSession();
    const slow = await listen();
    session.prompt({ inputId: 'a', content: 'a', author: 'me' });
    for (let index = 0; index < 3_000; index += 1) {
      worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(100) } });
    }
    const all = await slow.until(has(session.record.lastSeq));
    expect(seqs(all)).toEqual(Array.from({ length: session.record.lastSeq }, (_, index) => index + 1));
    expect(slow.largest).toBeLessThan(70_000);
    expect(all.every((one) => 'id' in one)).toBe(true);
  });

  test('[C3] a silent stream is kept alive by comments', async () => {
    const { door, listen } = await openSession();
    const stream = await listen();
    const next = stream.next();
    door.clock.advance(15_000);
    expect(await next).toEqual([{ comment: 'still here' }]);
    const again = stream.next();
    await new Promise(setImmediate);
    door.clock.advance(15_000);
    expect(await again).toEqual([{ comment: 'still here' }]);
  });

  test('ends with the last words of a session that is deleted', async () => {
    const { session, sessions, identity, ask, listen } = await openSession();
    const stream = await listen();
    const last = stream.next();
    await sessions.remove(session.record.id, identity);
    expect(await last).toMatchObject([{ type: 'state', data: { state: 'deleted' } }]);
    expect(await stream.next()).toBeUndefined();
    expect((await ask()).status).toBe(404);
  });

  test('ends when the gateway stops', async () => {
    const { listen, stopping } = await openSession();
    const stream = await listen();
    const end = stream.next();
    stopping.abort();
    expect(await end).toBeUndefined();
  });
});

describe('whoever may no longer listen', () => {
  async function openTokenSession() {
    const gateway = await openSession();
    const { door } = gateway;
    const sign = (claims: Record<string, unknown>) =>
      forgeToken({
        key: door.key.privateKey,
        header: { kid: door.key.publicKey.kid },
        claims: { ...validClaims, sub: 'alice', ...claims },
      });
    const identity = { ...gateway.identity, subject: 'alice' };
    const { id } = gateway.sessions.open({ identity, workerType: 'scripted', key: 'b' }).record;
    const listenAs = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const incoming = { headers, socket: { remoteAddress: '127.0.0.1' } };
      const { status, body } = await gateway.api.request(
        `/api/sessions/${id}/stream`,
        { headers },
        { incoming },
      );
      expect(status).toBe(200);
      const stream = readStream(body ?? new ReadableStream());
      await stream.next();
      return stream;
    };
    return { ...gateway, sign, listenAs };
  }

  test('[W3] hears nothing after the second in which the token expires', async () => {
    const { door, sign, listenAs } = await openTokenSession();
    const seconds = Math.floor(door.clock.now() / 1_000);
    const stream = await listenAs(await sign({ exp: seconds + 20 }));
    const end = stream.until(() => false);
    door.clock.advance(20_000);
    expect(seqs(await end)).toEqual([]);
  });

  test('[W3] hears nothing after the heartbeat in which the token was revoked', async () => {
    const { door, sign, listenAs } = await openTokenSession();
    const stream = await listenAs(await sign({ jti: 'one' }));
    const end = stream.next();
    door.store.revokeToken('one', door.clock.now() + 3_600_000);
    door.clock.advance(15_000);
    expect(await end).toBeUndefined();
  });

  test('[W3] [A4] hears nothing after the heartbeat in which the API key was revoked', async () => {
    const { door, listenAs } = await openTokenSession();
    const alice = { name: 'alice', subject: 'alice', role: 'viewer', lifetimeMs: undefined } as const;
    const { key, record } = newApiKey(alice, door);
    door.store.saveApiKey(record);
    const stream = await listenAs(key);
    const alive = stream.next();
    door.clock.advance(15_000);
    expect(await alive).toEqual([{ comment: 'still here' }]);
    const end = stream.next();
    door.store.revokeApiKey(record.id, door.clock.now());
    door.clock.advance(15_000);
    expect(await end).toBeUndefined();
  });
});
