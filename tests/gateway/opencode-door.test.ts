import { AepClient } from '@hotplex/client-sdk';
import { createOpencodeClient, type Event, type OpencodeClient } from '@opencode-ai/sdk';
import { createOpencodeClient as createNewerClient } from '@opencode-ai/sdk/v2/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let client: OpencodeClient;
beforeAll(async () => {
  gateway = await startGateway({
    env: { HOTPLEX_DOORS_OPENCODE_ENABLED: 'true', HOTPLEX_DOORS_OPENCODE_WORKER_TYPE: 'demo' },
  });
  client = open();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

/** A server’s password, as OpenCode’s clients send one; the name is the one they have by default. */
const password = (key: string) => `Basic ${Buffer.from(`opencode:${key}`).toString('base64')}`;
const open = (authorization = password(apiKey)) =>
  createOpencodeClient({ baseUrl: `${gateway.url}/opencode`, headers: { authorization } });
const newer = () =>
  createNewerClient({
    baseUrl: `${gateway.url}/opencode`,
    headers: { authorization: password(apiKey) },
    throwOnError: true,
  });

/** What a call gave; the SDK says what failed beside it. */
async function given<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<NonNullable<T>> {
  const { data, error } = await call;
  if (data === undefined || data === null) throw new Error(JSON.stringify(error));
  return data;
}
const newSession = () => given(client.session.create());
const says = (text: string) => ({ parts: [{ type: 'text' as const, text }] });

/** What happens from now on, until the event that ends it, as the SDK’s own reader of server-sent events tells it. */
async function follow(isLast: (event: Event) => boolean): Promise<{ told: Promise<Event[]> }> {
  const leave = new AbortController();
  const { stream } = await client.event.subscribe({ signal: leave.signal });
  expect((await stream.next()).value).toMatchObject({ type: 'server.connected' });
  const listen = async () => {
    const events: Event[] = [];
    for await (const event of stream) {
      events.push(event);
      if (isLast(event)) break;
    }
    leave.abort();
    return events;
  };
  return { told: listen() };
}
/** The SDK of this version has no name for some events that its server sends. */
const first = (type: string) => (event: Event) => (event.type as string) === type;
const idle = (id: string) => (event: Event) =>
  event.type === 'session.idle' && event.properties.sessionID === id;

describe('the SDK of OpenCode', () => {
  test('sessions: opened, listed, renamed, read, forgotten', async () => {
    const { id, directory } = await given(client.session.create({ body: { title: 'First' } }));
    expect({ id, directory }).toEqual({ id: expect.stringMatching(/^ses_/), directory: gateway.workDir });
    await given(client.session.update({ path: { id }, body: { title: 'Another name' } }));
    expect(await given(client.session.get({ path: { id } }))).toMatchObject({ title: 'Another name' });
    expect((await given(client.session.list())).map((session) => session.id)).toContain(id);
    const elsewhere = await given(client.session.list({ query: { directory: '/elsewhere' } }));
    expect(elsewhere).toEqual([]);
    expect(await given(client.session.delete({ path: { id } }))).toBe(true);
    const { error } = await client.session.get({ path: { id } });
    expect(error).toMatchObject({ name: 'NotFoundError', data: { message: 'there is no such session' } });
  });

  test('prompt waits for the answer, which then stands in the messages', async () => {
    const { id } = await newSession();
    const answer = await given(client.session.prompt({ path: { id }, body: says('think') }));
    expect(answer.parts.map(({ type }) => type)).toEqual(['reasoning', 'text']);
    expect(answer.info).toMatchObject({ role: 'assistant', finish: 'stop', modelID: 'demo' });
    const messages = await given(client.session.messages({ path: { id } }));
    expect(messages.map(({ info }) => info.role)).toEqual(['user', 'assistant']);
    expect(messages[1]).toEqual(answer);
    expect(answer.info.parentID).toBe(messages[0]?.info.id);
    expect(await given(client.session.messages({ path: { id }, query: { limit: 1 } }))).toEqual([answer]);
  });

  test('what is streamed comes to what is read: text from deltas, tools with their ends, then idle', async () => {
    const { id } = await newSession();
    const { told } = await follow(idle(id));
    const body = { ...says('tool'), messageID: 'msg_ours' };
    expect((await client.session.promptAsync({ path: { id }, body })).response.status).toBe(204);
    const events = await told;
    const parts = new Map<string, { type: string; text?: string }>();
    for (const event of events as { type: string; properties: Record<string, unknown> }[]) {
      const { part, partID, delta } = event.properties as {
        part?: { id: string; type: string; text?: string };
        partID?: string;
        delta?: string;
      };
      if (event.type === 'message.part.updated' && part) parts.set(part.id, part);
      const known = partID === undefined ? undefined : parts.get(partID);
      if (event.type === 'message.part.delta' && known) known.text += delta ?? '';
    }
    const messages = await given(client.session.messages({ path: { id } }));
    expect([...parts.values()]).toEqual(messages.flatMap(({ parts: own }) => own));
    expect(messages.map(({ info }) => info)).toMatchObject([{ id: 'msg_ours' }, { parentID: 'msg_ours' }]);
    const types = events.map(({ type }) => type);
    expect(types[0]).toBe('session.created');
    expect(types).toEqual(
      expect.arrayContaining(['session.status', 'message.part.delta', 'session.updated']),
    );
  });

  test('a client that comes later is told what is new, as if it had been there', async () => {
    const { id } = await newSession();
    await given(client.session.prompt({ path: { id }, body: says('think') }));
    const { told } = await follow(idle(id));
    await given(client.session.prompt({ path: { id }, body: says('tool') }));
    const news = new Set(
      (await told).flatMap((event) => (event.type === 'message.updated' ? [event.properties.info.id] : [])),
    );
    const messages = await given(client.session.messages({ path: { id } }));
    expect([...news]).toEqual(messages.slice(2).map(({ info }) => info.id));
  });

  test('a session that is deleted says so, and one of another work dir says nothing here', async () => {
    const { id } = await newSession();
    const { told } = await follow((event) => event.type === 'session.deleted');
    const elsewhere = createOpencodeClient({
      ...{ baseUrl: `${gateway.url}/opencode`, headers: { authorization: password(apiKey) } },
      directory: `${gateway.workDir}/..`,
    });
    const leave = new AbortController();
    const { stream } = await elsewhere.event.subscribe({ signal: leave.signal });
    expect((await stream.next()).value).toMatchObject({ type: 'server.connected' });
    await given(client.session.delete({ path: { id } }));
    expect((await told).at(-1)).toMatchObject({ properties: { info: { id } } });
    // The next thing it hears is a sign of life.
    expect(await Promise.race([stream.next(), given(client.session.list())])).toBeInstanceOf(Array);
    leave.abort();
  });

  test.each(['once', 'reject'] as const)(
    '[E4] a permission is asked, and answered with %s',
    async (reply) => {
      const { id } = await newSession();
      const { told } = await follow(idle(id));
      const { told: asked } = await follow(first('permission.asked'));
      const answer = client.session.prompt({ path: { id }, body: says('permission') });
      const { properties } = (await asked).at(-1) as unknown as {
        properties: { id: string; sessionID: string; tool: { callID: string } };
      };
      expect(properties).toMatchObject({ sessionID: id, permission: 'bash' });
      expect((await newer().permission.list()).data).toMatchObject([{ id: properties.id, sessionID: id }]);
      await newer().permission.reply({ requestID: properties.id, reply, message: 'because' });
      const { parts } = await given(answer);
      const tool = parts.find(({ type }) => type === 'tool');
      expect(tool).toMatchObject({ callID: properties.tool.callID, tool: 'bash' });
      expect(tool).toMatchObject({ state: { status: reply === 'once' ? 'completed' : 'error' } });
      const types: string[] = (await await told).map(({ type }) => type);
      expect(types).toContain('permission.replied');
      const again = client.postSessionIdPermissionsPermissionId({
        path: { id, permissionID: properties.id },
        body: { response: 'once' },
      });
      expect((await again).error).toMatchObject({ data: { code: 'ALREADY_RESOLVED' } });
    },
  );

  test('[E4] a question is asked, and its answer reaches the agent', async () => {
    const { id } = await newSession();
    const { told: asked } = await follow(first('question.asked'));
    const answer = client.session.prompt({ path: { id }, body: says('question') });
    await asked;
    const { data = [] } = await newer().question.list();
    const [question] = data;
    await newer().question.reply({ requestID: question?.id ?? '', answers: [['Blue'], ['Pear', 'Plum']] });
    const { parts } = await given(answer);
    expect(JSON.stringify(parts)).toMatch(/Blue.*Pear.*Plum/);
  });

  test('abort stops the agent, and the prompt that waited says so', async () => {
    const { id } = await newSession();
    const { told: begun } = await follow(first('message.part.delta'));
    const answer = client.session.prompt({ path: { id }, body: says('wait') });
    await begun;
    expect(await given(client.session.status())).toMatchObject({ [id]: { type: 'busy' } });
    expect(await given(client.session.abort({ path: { id } }))).toBe(true);
    const { info } = await given(answer);
    expect(info).toMatchObject({ error: { name: 'MessageAbortedError' } });
  });

  test('a session of AEP is one here: what was said there is read here, and the other way round', async () => {
    using aep = new AepClient({ url: gateway.url, auth: apiKey, workerType: 'demo' });
    const { session_id } = await aep.connect();
    await aep.prompt('plan').done;
    const id = `ses_${session_id}`;
    expect(await given(client.session.todo({ path: { id } }))).toContainEqual(
      expect.objectContaining({ status: expect.any(String), content: expect.any(String) }),
    );
    const said: string[] = [];
    aep.onEvent(({ event }) => void (event.type === 'input' && said.push(event.data.content)));
    await given(client.session.prompt({ path: { id }, body: says('think') }));
    await expect.poll(() => said).toEqual(['think']);
  });

  test('our agents are the models of one provider', async () => {
    const { providers, default: preset } = await given(client.config.providers());
    expect(providers.map(({ id }) => id)).toEqual(['hotplex']);
    expect(Object.keys(providers[0]?.models ?? {})).toContain('demo');
    expect(preset).toEqual({ hotplex: 'demo' });
    expect((await given(client.app.agents())).map(({ name }) => name)).toEqual(['build']);
  });
});

describe('what is not done', () => {
  test.each([
    [
      'another model',
      { ...says('think'), model: { providerID: 'anthropic', modelID: 'x' } },
      'it runs hotplex/demo',
    ],
    ['another agent', { ...says('think'), agent: 'plan' }, 'there is only build'],
    ['a system prompt', { ...says('think'), system: 'Be brief' }, 'the agent has its own'],
    ['tools', { ...says('think'), tools: { bash: true } }, 'the gateway’s policy'],
    ['no reply', { ...says('think'), noReply: true }, 'every prompt is answered'],
  ])('is said in words: %s', async (_, body, words) => {
    const { id } = await newSession();
    const { error } = await client.session.prompt({ path: { id }, body });
    expect(error).toMatchObject({ data: { code: 'NOT_SUPPORTED', message: expect.stringContaining(words) } });
  });

  test('also whole addresses, which OpenCode’s own server would answer with a page', async () => {
    const { id } = await newSession();
    const { error, response } = await client.session.shell({
      path: { id },
      body: { agent: 'build', command: 'ls' },
    });
    expect(response.status).toBe(422);
    expect(error).toMatchObject({
      data: { code: 'NOT_SUPPORTED', message: expect.stringContaining('/shell') },
    });
  });
});

describe('who may come in', () => {
  test.each([['Basic Og=='], [password('wrong')], ['Bearer wrong'], ['']])(
    '[A5] not %j',
    async (authorization) => {
      const { response, error } = await open(authorization).session.list();
      expect(response.status).toBe(401);
      expect(error).toMatchObject({ name: 'UnknownError' });
    },
  );

  test('a key as a bearer, like everywhere', async () => {
    expect((await open(`Bearer ${apiKey}`).session.list()).response.status).toBe(200);
  });
});
