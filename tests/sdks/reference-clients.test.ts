import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRawClient, type RawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

/**
 * The clients of the Go HotPlex, as frames. They are on no registry, so each is written down here from its source
 * (github.com/hrygo/hotplex-worker at v1.14.0) with all its habits: `client/client.go`,
 * `examples/typescript-client/src/envelope.ts`, `examples/python-client/hotplex_client/protocol.py`,
 * `examples/java-client/src/main/java/dev/hotplex/client/HotPlexClient.java` and
 * `webchat/lib/ai-sdk-transport/client/envelope.ts`.
 */
type ReferenceClient = {
  name: string;
  headers: Record<string, string>;
  /** As the kind and data of the first frame. */
  init(session: string): [kind: string, data: Record<string, unknown>];
  envelope(frame: { session: string; nth: number; kind: string; data: object }): object;
  /** What it puts behind each frame. */
  end: '' | '\n';
  /** What it calls its session before it has one. */
  firstSession(): string;
};

const kinds = [
  ...[
    'message',
    'message.delta',
    'message.start',
    'message.end',
    'tool_call',
    'tool_result',
    'done',
    'error',
  ],
  ...['state', 'reasoning', 'step', 'control', 'ping', 'pong'],
];
const caps = { supports_delta: true, supports_tool_call: true, supported_kinds: kinds };
const token = { auth: { token: apiKey } };
const start = { version: 'aep/v1', worker_type: 'demo' };
const newKey = () => `sess_${randomUUID()}`;
const envelope = ({ session, kind, data }: { session: string; kind: string; data: object }, seq: number) => ({
  ...{ version: 'aep/v1', id: `evt_${randomUUID()}`, seq, session_id: session, timestamp: Date.now() },
  event: { type: kind, data },
});
const isControl = (kind: string) => !['input', 'tool_result'].includes(kind);

const clients: readonly ReferenceClient[] = [
  {
    name: 'Go',
    headers: { 'x-api-key': apiKey },
    init: () => ['init', { ...start, client_caps: caps }],
    envelope: (frame) => ({
      ...envelope(frame, frame.nth),
      priority: isControl(frame.kind) ? 'control' : 'data',
    }),
    end: '',
    firstSession: newKey,
  },
  {
    name: 'TypeScript',
    headers: { 'x-api-key': apiKey },
    // Its handshake has the name of another kind, and not the action that this one needs.
    init: (session) => ['control', { ...start, session_id: session, client_caps: caps }],
    envelope: (frame) => ({
      ...envelope(frame, 0),
      ...(frame.nth === 1 ? { priority: 'control' } : {}),
    }),
    end: '\n',
    firstSession: newKey,
  },
  {
    name: 'Python',
    headers: {},
    init: () => [
      'init',
      {
        ...{ ...start, ...token },
        client_caps: {
          supports_delta: true,
          supports_streaming: true,
          supports_tools: true,
          supports_permissions: true,
        },
      },
    ],
    envelope: (frame) => ({ ...envelope(frame, 0), priority: isControl(frame.kind) ? 'control' : 'data' }),
    end: '\n',
    firstSession: () => '',
  },
  {
    name: 'Java',
    headers: { 'x-api-key': apiKey },
    init: (session) => ['init', { ...start, session_id: session, client_caps: caps }],
    envelope: (frame) => ({ ...envelope(frame, 0), priority: 'control' }),
    end: '\n',
    firstSession: newKey,
  },
  {
    name: 'browser',
    headers: {},
    init: () => ['init', { ...start, ...token, client_caps: caps }],
    envelope: (frame) => ({ ...envelope(frame, 1), ...(frame.nth === 1 ? { priority: 'control' } : {}) }),
    end: '\n',
    firstSession: () => '',
  },
];

/** A client that has said hello. */
async function connect(client: ReferenceClient, port: number, known?: string) {
  const link = await openRawClient(port, client.headers);
  let session = known ?? client.firstSession();
  let nth = 0;
  const say = (kind: string, data: object) => {
    nth += 1;
    link.sendText(JSON.stringify(client.envelope({ session, nth, kind, data })) + client.end);
  };
  const [kind, data] = client.init(session);
  say(kind, known === undefined ? data : { ...data, session_id: known });
  const ack = await link.heard('init_ack');
  session = ack.session_id;
  return { link, say, ack, [Symbol.dispose]: () => link[Symbol.dispose]() };
}

const textOf = ({ frames }: RawClient) =>
  frames
    .flatMap(({ event }) => (event.type === 'message.delta' ? [String(event.data.content)] : []))
    .join('');

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe.each(clients)('the $name client of the Go HotPlex', (client) => {
  test('[H1] [F3] connects, prompts and hears the answer in pieces', async () => {
    using open = await connect(client, gateway.port);
    expect(open.ack.event.data).toMatchObject({ state: 'created', server_caps: { supports_delta: true } });
    expect(open.ack.event.data).not.toHaveProperty('error');
    open.say('input', { content: 'flood 3' });
    expect((await open.link.heard('done')).event.data).toMatchObject({ success: true });
    expect(textOf(open.link)).toBe('0 1 2 ');
    open.say('ping', {});
    expect((await open.link.heard('pong')).event.data).toMatchObject({ state: 'idle' });
  });

  test('[E4] answers a permission', async () => {
    using open = await connect(client, gateway.port);
    open.say('input', { content: 'permission' });
    const { event } = await open.link.heard('permission_request');
    open.say('permission_response', { id: event.data.id, allowed: true });
    await open.link.heard('done');
    expect(textOf(open.link)).toContain('You allowed it');
  });

  test('[S5] terminates its session and comes back to it', async () => {
    using open = await connect(client, gateway.port);
    open.say('control', { action: 'terminate' });
    await open.link.heard('state', ({ state }) => state === 'terminated');
    using again = await connect(client, gateway.port, open.ack.session_id);
    expect(again.ack.session_id).toBe(open.ack.session_id);
    again.say('input', { content: 'flood 2' });
    await again.link.heard('done');
    expect(textOf(again.link)).toBe('0 1 ');
  });
});

test('[A3] the browser client that brings an API key is refused: it has no other place for it than the address', async () => {
  const opening = openRawClient(gateway.port, {}, `/ws?api_key=${apiKey}`);
  await expect(opening).rejects.toThrow('400 Bad Request');
});

test('[E4] an answer in the metadata of an input, as clients of v1.14 may send it, is one', async () => {
  const [go] = clients;
  if (!go) throw new Error('no client');
  using open = await connect(go, gateway.port);
  open.say('input', { content: 'permission' });
  const { event } = await open.link.heard('permission_request');
  const answer = { request_id: event.data.id, allowed: false, reason: 'not now' };
  open.say('input', { content: '', metadata: { permission_response: answer } });
  await open.link.heard('done');
  expect(textOf(open.link)).toContain('not now');
});
