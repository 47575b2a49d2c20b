import { type ClientKind, clientControlAction, clientEvents } from '@hotplex/aep-protocol';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';
import { wholeLog } from '../support/whole-log.ts';

const service = openTokenService();
const { tokenOf } = service;
let gateway: RunningGateway;
/** What is refused changes nothing: all kinds can be about one session. */
let shared: Awaited<ReturnType<typeof openSession>> | undefined;

beforeAll(async () => {
  gateway = await startGateway({ env: { ...service.env, HOTPLEX_LOG_LEVEL: 'error' } });
});
afterAll(async () => {
  shared?.[Symbol.dispose]();
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

type Frame = { id: string; session_id?: string; event: { type: string; data: object } };
type Heard = { event: { type: string; data: { code?: string; event_id?: string; session_id?: string } } };

/** A good frame of every kind, about a request and a waiting prompt of somebody's session. */
const dataOf = (request: string): Record<ClientKind, object> => ({
  init: { version: 'aep/v1', worker_type: 'demo' },
  ping: {},
  input: { content: 'markdown' },
  'input.edit': { input_id: 'waits', content: 'something else' },
  'input.cancel': { input_id: 'waits' },
  permission_response: { id: request, allowed: true },
  question_response: { id: request, answers: { Which: 'This' } },
  elicitation_response: { id: request, action: 'accept' },
  worker_command: { command: 'compact' },
  control: { action: 'interrupt' },
});
/** Of what a client may send, what a viewer may. `reauth` is about his own connection. */
const forViewers = ['init', 'ping', 'control reauth'];
const controls = clientControlAction.options.map((action) => `control ${action}`);
const kinds = [...Object.keys(clientEvents).filter((kind) => kind !== 'control'), ...controls];

function frameOf(kind: string, request = 'none', token = 'none'): Frame {
  const [type = '', action] = kind.split(' ');
  const data = dataOf(request)[type as ClientKind];
  const details = action === 'cd' ? { details: { path: gateway.workDir } } : {};
  const auth = action === 'reauth' ? { auth: { token } } : {};
  return { id: `f-${type}`, event: { type, data: action ? { action, ...details, ...auth } : data } };
}

/** Sends these frames one after the other and a ping behind them; everything that was heard before its pong or the end. */
function say(frames: readonly Frame[]): Promise<Heard[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws`);
  const heard: Heard[] = [];
  const last = { id: 'last', event: { type: 'ping', data: {} } };
  return new Promise((resolve) => {
    socket.onopen = () => {
      for (const frame of [...frames, last]) socket.send(JSON.stringify({ version: 'aep/v1', ...frame }));
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data)) as Heard;
      heard.push(frame);
      if (frame.event.type === 'pong') socket.close();
    };
    socket.onclose = () => resolve(heard);
  });
}

const initAs = (token: string | undefined, sessionId: string): Frame => {
  const auth = token === undefined ? {} : { auth: { token } };
  const data = { ...dataOf('').init, session_id: sessionId, role: 'driver', ...auth };
  return { id: 'f-first', event: { type: 'init', data } };
};
const errorsIn = (heard: readonly Heard[]) =>
  heard.filter(({ event }) => event.type === 'error').map(({ event }) => event.data.code);

/** A session whose agent waits for an answer, with a prompt behind it. */
async function openSession(owner: string) {
  const token = tokenOf(owner);
  const api = new SessionsApi({ url: gateway.url, auth: token });
  const client = new AepClient({ url: gateway.url, workerType: 'demo', auth: token, reconnect: false });
  const { session_id: id } = await client.connect();
  client.prompt('permission');
  await expect.poll(async () => (await api.get(id)).pending).toBe(1);
  client.prompt('markdown', { inputId: 'waits' });
  await expect.poll(async () => (await api.get(id)).queued).toBe(1);
  const asked = (await wholeLog(api, id)).find(({ event }) => event.type === 'permission_request');
  const request = asked?.event.type === 'permission_request' ? asked.event.data.id : '';
  return { id, request, token, api, [Symbol.dispose]: () => client.close() };
}

test('[A5] every kind of frame that the protocol knows is in here', () => {
  expect(Object.keys(dataOf(''))).toEqual(expect.arrayContaining(Object.keys(clientEvents)));
  expect(kinds).toEqual(expect.arrayContaining(forViewers));
});

test.each(kinds)(
  '[A4] [A5] %s of nobody, a wrong scope, a viewer or a foreigner does nothing, of its owner it does',
  async (kind) => {
    shared ??= await openSession('alice');
    const { id, request, token, api } = shared;
    const before = await api.get(id);
    const frame = frameOf(kind, request);

    const [refusal, ...more] = await say([frame]);
    expect(refusal?.event).toMatchObject({ type: 'init_ack', data: { session_id: '', state: 'deleted' } });
    expect(more).toEqual([]);
    expect(kind === 'init' ? 'AUTH_REQUIRED' : 'PROTOCOL_VIOLATION').toBe(refusal?.event.data.code);

    for (const scope of ['openid profile', 'admin', ''])
      expect(await say([initAs(tokenOf('alice', { scope }), id), frame])).toMatchObject([
        { event: { type: 'init_ack', data: { session_id: '', code: 'FORBIDDEN' } } },
      ]);

    const viewer = tokenOf('alice', { scope: 'viewer' });
    const asViewer = await say([initAs(viewer, id), frameOf(kind, request, tokenOf('alice'))]);
    expect(asViewer[0]?.event.data).toMatchObject({ session_id: id, role: 'viewer' });
    if (!forViewers.includes(kind)) expect(errorsIn(asViewer)).toEqual(['FORBIDDEN']);
    else expect(errorsIn(asViewer)).toEqual(kind === 'init' ? ['PROTOCOL_VIOLATION'] : []);

    // The envelope names the session of alice, too.
    const bob = tokenOf('bob');
    const [ack, ...answers] = await say([
      initAs(bob, id),
      { ...frameOf(kind, request, bob), session_id: id },
    ]);
    expect(ack?.event.data.session_id).not.toBe(id);
    for (const { event } of answers) expect(JSON.stringify(event)).not.toContain(id);

    expect(await api.get(id)).toEqual(before);

    const { id: other } = await api.create({ workerType: 'demo' });
    const asOwner = await say([initAs(token, other), frameOf(kind, 'none', token)]);
    expect(asOwner[0]?.event.data).toMatchObject({ session_id: other, role: 'driver' });
    for (const code of errorsIn(asOwner)) expect(['FORBIDDEN', 'UNAUTHORIZED']).not.toContain(code);
  },
);

test('[H2] [A4] a credential for watching stays one: reauth does not raise it, and it opens no session', async () => {
  using session = await openSession('dave');
  const viewer = tokenOf('dave', { scope: 'viewer' });
  const raised = frameOf('control reauth', '', tokenOf('dave'));
  expect(errorsIn(await say([initAs(viewer, session.id), raised, frameOf('input')]))).toEqual(['FORBIDDEN']);
  expect(await say([initAs(viewer, 'a-new-one')])).toMatchObject([
    { event: { type: 'init_ack', data: { session_id: '', code: 'SESSION_NOT_FOUND' } } },
  ]);
  const lowered = frameOf('control reauth', '', viewer);
  expect(errorsIn(await say([initAs(session.token, session.id), lowered]))).toEqual(['FORBIDDEN']);
  expect((await session.api.list()).sessions).toHaveLength(1);
});
