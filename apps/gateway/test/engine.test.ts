import { AepClient } from '@hotplex/client-sdk';
import { describe, expect, test } from 'vitest';
import { createEngine, createGateway, type EngineSessionOptions } from '../src/index.ts';
import { createPlace } from './embedding.ts';

describe('an engine', () => {
  test('runs an agent and gives its events, typed and in order', async () => {
    const { settings, workDir } = createPlace();
    await using engine = await createEngine({ settings });
    const turn = engine.session({ agent: 'demo', workDir }).prompt('flood 3');
    const seqs: number[] = [];
    let [text, last] = ['', ''];
    for await (const { event, seq } of turn) {
      seqs.push(seq);
      last = event.type;
      if (event.type === 'message.delta') text += event.data.content;
    }
    expect(text).toMatch(/0 1 2/);
    expect(await turn.done).toMatchObject({ success: true, text });
    expect(last).toBe('done');
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test.each<{ decides: string; allowed: boolean; says: RegExp } & Pick<EngineSessionOptions, 'onPermission'>>(
    [
      { decides: 'allows', allowed: true, says: /You allowed it/, onPermission: () => ({ allowed: true }) },
      {
        ...{ decides: 'refuses', allowed: false, says: /I did not run it: not today/ },
        onPermission: () => ({ allowed: false, reason: 'not today' }),
      },
      {
        ...{ decides: 'fails', allowed: false, says: /the program could not decide/ },
        onPermission: () => Promise.reject(new Error('broken')),
      },
    ],
  )(
    '[E2] a callback that $decides decides what the agent may do',
    async ({ allowed, says, onPermission }) => {
      const { settings } = createPlace();
      await using engine = await createEngine({ settings });
      const session = engine.session({ agent: 'demo', onPermission });
      const resolved: unknown[] = [];
      session.onEvent(({ event }) => event.type === 'permission.resolved' && resolved.push(event.data));
      expect((await session.prompt('permission').done).text).toMatch(says);
      expect(resolved).toEqual([expect.objectContaining({ allowed })]);
    },
  );

  test('[R3] the next one goes on with a session by its id, and puts to it what was left open', async () => {
    const { settings } = createPlace();
    const first = await createEngine({ settings });
    const session = first.session({ agent: 'demo' });
    await session.prompt('remember the milk').done;
    const { session_id: id } = await session.connect();
    await first.close();
    await expect(session.prompt('recall').done).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });

    await using second = await createEngine({ settings });
    const seen: string[] = [];
    const again = second.session({ agent: 'demo', id, lastSeq: 0 });
    again.onEvent(({ event }) => event.type === 'input' && seen.push(event.data.content));
    expect((await again.prompt('recall').done).text).toContain('the milk');
    expect(seen).toEqual(['remember the milk', 'recall']);
  });

  test('asks a callback what was asked before it was there', async () => {
    const { settings } = createPlace();
    await using engine = await createEngine({ settings });
    const asking = engine.session({ agent: 'demo' });
    const asked = Promise.withResolvers<void>();
    asking.onEvent(({ event }) => event.type === 'permission_request' && asked.resolve());
    const turn = asking.prompt('permission');
    const { session_id: id } = await asking.connect();
    await asked.promise;
    engine.session({ agent: 'demo', id, lastSeq: 0, onPermission: () => ({ allowed: true }) });
    expect((await turn.done).text).toMatch(/You allowed it/);
  });

  test('[A4] what belongs to one user is not there for another; several engines share nothing', async () => {
    const [here, there] = [createPlace(), createPlace()];
    await using engine = await createEngine(here);
    await using other = await createEngine(there);
    const mine = await engine.session({ agent: 'demo', user: 'mine', id: 'notes' }).connect();
    const theirs = await engine.session({ agent: 'demo', user: 'theirs', id: mine.session_id }).connect();
    expect(theirs.session_id).not.toBe(mine.session_id);
    await engine.session({ agent: 'demo', user: 'mine', id: 'notes' }).prompt('remember the milk').done;
    expect(
      (await other.session({ agent: 'demo', user: 'mine', id: 'notes' }).prompt('recall').done).text,
    ).toMatch(/not asked me to remember/);
  });

  test('[B4] limits and refusals are those of a gateway', async () => {
    const { settings } = createPlace();
    await using engine = await createEngine({
      settings: { ...settings, limits: { user_connections: 1 } },
    });
    await expect(engine.session({ agent: 'nobody' }).connect()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    await engine.session({ agent: 'demo', user: 'one' }).connect();
    const second = engine.session({ agent: 'demo', user: 'one' });
    const states: string[] = [];
    second.onConnection(
      (state) => state.status === 'reconnecting' && states.push(String(state.cause?.message)),
    );
    await expect.poll(() => states).toContain('RATE_LIMITED');
  });

  test('reads no variable and no file, and says what is wrong with its settings', async () => {
    await expect(createEngine({ settings: { db: { path: 1 as never } } })).rejects.toThrow(
      /setting db\.path/,
    );
  });

  test('closes its sessions, and once only', async () => {
    const engine = await createEngine(createPlace());
    const session = engine.session({ agent: 'demo' });
    await session.connect();
    await Promise.all([engine.close(), engine.close()]);
    expect(session.connection.status).toBe('closed');
  });
});

test('an embedded gateway is an engine that others can reach', async () => {
  const secret = 'embedded-key-0123456789abcdef0123456789';
  const { settings } = createPlace();
  await using gateway = await createGateway({
    settings: { ...settings, security: { allow_root: true, api_keys: [secret] } },
  });
  using client = new AepClient({ url: gateway.url, auth: secret, workerType: 'demo' });
  await client.connect();
  expect((await client.prompt('flood 3').done).success).toBe(true);
  expect((await gateway.session({ agent: 'demo' }).prompt('flood 3').done).success).toBe(true);
  expect(gateway.signInLink()).toContain(`${gateway.url}/#code=`);
});
