import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient, type AepError, SessionsApi } from '@hotplex/client-sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { cuttingWebSocket } from '../support/cutting-web-socket.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { wholeLog } from '../support/whole-log.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const open = (options: Partial<ConstructorParameters<typeof AepClient>[0]> = {}) =>
  new AepClient({
    url: gateway.url,
    workerType: 'demo',
    auth: apiKey,
    reconnect: { minMs: 1, maxMs: 20 },
    ...options,
  });

/** The first event of a kind, from now on. */
const heard = (client: AepClient, type: string) =>
  new Promise<ServerEnvelope>((resolve) => {
    const off = client.onEvent((envelope) => {
      if (envelope.event.type !== type) return;
      off();
      resolve(envelope);
    });
  });

describe('a conversation with the demo agent', () => {
  test('[S2] [E2] [R1] a turn: running, text, one done, idle, gapless numbers', async () => {
    using client = open();
    const seen: ServerEnvelope[] = [];
    client.onEvent((envelope) => seen.push(envelope));
    await client.connect();
    const idle = heard(client, 'done');
    const { text, success, stats } = await client.prompt('flood 200').done;
    await idle;
    expect(success).toBe(true);
    expect(text).toBe(floodText(200));
    expect(stats).toMatchObject({
      model: 'demo',
      stop_reason: 'end_turn',
      input_tokens: null,
      _session: { turn_count: 1 },
    });
    const kinds = seen.map(({ event }) => event.type);
    expect(kinds.filter((kind) => kind === 'done')).toHaveLength(1);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    expect(kinds.indexOf('input')).toBeLessThan(kinds.indexOf('state'));
  });

  test('[S3] three turns keep one process', async () => {
    using client = open();
    await client.connect();
    const answers = [];
    for (let turn = 0; turn < 3; turn++) answers.push((await client.prompt('pid').done).text);
    expect(new Set(answers).size).toBe(1);
  });

  test('[E4] [C1] a permission answered in one tab disappears in the other, and a second answer is refused', async () => {
    using first = open();
    const { session_id: sessionId } = await first.connect();
    using second = open({ sessionId });
    await second.connect();
    const asked = heard(second, 'permission_request');
    const turn = first.prompt('permission');
    const { event } = await asked;
    const id = event.type === 'permission_request' ? event.data.id : '';
    const gone = heard(second, 'permission.resolved');
    await first.respondToPermission(id, { allowed: false, reason: 'not today' });
    expect((await gone).event.data).toMatchObject({
      id,
      allowed: false,
      reason: 'answered',
      message: 'not today',
    });
    expect((await turn.done).text).toContain('not today');
    await expect(second.respondToPermission(id, { allowed: true })).rejects.toMatchObject({
      code: 'ALREADY_RESOLVED',
    });
  });

  test('[I1] the same input id runs once; with another body it is a conflict', async () => {
    using client = open();
    await client.connect();
    expect((await client.prompt('flood 3', { inputId: 'same' }).done).text).toBe(floodText(3));
    await expect(client.prompt('flood 3', { inputId: 'same' }).done).rejects.toMatchObject({
      code: 'ALREADY_RESOLVED',
    });
    await expect(client.prompt('flood 4', { inputId: 'same' }).done).rejects.toMatchObject({
      code: 'INPUT_CONFLICT',
    });
  });

  test('[I1] a prompt sent again while it is on its way is the same turn, another one under its id is refused', async () => {
    using client = open();
    const first = client.prompt('flood 3', { inputId: 'same' });
    const again = client.prompt('flood 3', { inputId: 'same' });
    const other = client.prompt('flood 4', { inputId: 'same' });
    await client.connect();
    await expect(other.done).rejects.toMatchObject({ code: 'INPUT_CONFLICT' });
    expect((await first.done).text).toBe(floodText(3));
    expect((await again.done).text).toBe(floodText(3));
  });

  test('[I3] queue runs next, reject says busy, steer reaches the running turn', async () => {
    using client = open();
    await client.connect();
    const first = client.prompt('permission');
    const { event } = await heard(client, 'permission_request');
    const queued = client.prompt('flood 2');
    await queued.accepted;
    await expect(client.prompt('flood 2', { delivery: 'reject' }).done).rejects.toMatchObject({
      code: 'SESSION_BUSY',
    });
    const steered = client.prompt('also this', { delivery: 'steer' });
    await steered.accepted;
    await client.respondToPermission(event.type === 'permission_request' ? event.data.id : '', {
      allowed: true,
    });
    await first.done;
    expect((await queued.done).text).toBe(floodText(2));
    expect((await steered.done).success).toBe(true);
  });

  test('[I5] [G7] an interrupt ends the turn and the next prompt works', async () => {
    using client = open();
    await client.connect();
    const turn = client.prompt('permission');
    await heard(client, 'permission_request');
    const withdrawn = heard(client, 'permission.resolved');
    await turn.interrupt();
    expect((await withdrawn).event.data).toMatchObject({ allowed: false, reason: 'interrupted' });
    expect(await turn.done).toMatchObject({ success: false, stopReason: 'interrupted', error: null });
    expect((await client.prompt('flood 2').done).text).toBe(floodText(2));
  });

  test('[S5] [G5] a crash is told with its cause, and the next prompt resumes the memory', async () => {
    using client = open();
    await client.connect();
    await client.prompt('remember the blue door').done;
    const crashed = await client.prompt('crash').done;
    expect(crashed).toMatchObject({
      success: false,
      error: { code: 'WORKER_CRASH', details: { exit_code: 3 } },
    });
    expect((crashed.error as AepError).details?.stderr).toContain('made-up failure');
    expect((await client.prompt('recall').done).text).toContain('the blue door');
  });
});

describe('nothing is lost', () => {
  test('[R3] [G3] a client cut off after every 7th frame of a 5,000-delta turn ends with exactly the text', async () => {
    using client = open({ webSocket: cuttingWebSocket(() => 7) });
    await client.connect();
    const { text } = await client.prompt('flood 5000').done;
    expect(text).toBe(floodText(5_000));
  });

  test('[R3] cut at random frames, every event comes once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 800 }),
        async (cuts, count) => {
          let next = 0;
          using client = open({ webSocket: cuttingWebSocket(() => cuts[next++ % cuts.length] ?? 7) });
          const numbers: number[] = [];
          client.onEvent(({ seq }) => numbers.push(seq));
          await client.connect();
          const { text } = await client.prompt(`flood ${count}`).done;
          expect(text).toBe(floodText(count));
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('[S6] [G1] [C2] killed in mid-turn with its agent, the turn is closed honestly and nothing a client saw is missing', async () => {
    await using own = await startGateway({ env: { HOTPLEX_WORKER_STDIO: 'pipe' } });
    using client = open({ url: own.url });
    const seen: string[] = [];
    client.onEvent(({ id }) => seen.push(id));
    const { session_id: sessionId } = await client.connect();
    await client.prompt('remember nothing is lost').done;
    const turn = client.prompt('permission');
    await heard(client, 'permission_request');
    await own.kill();
    await own.restart();
    expect(await turn.done).toMatchObject({
      success: false,
      stopReason: 'interrupted',
      error: { code: 'RECONNECT_REQUIRED' },
    });
    expect((await client.prompt('recall').done).text).toContain('nothing is lost');
    const api = new SessionsApi({ url: own.url, auth: apiKey });
    const stored = [];
    for await (const { id } of api.allEvents(sessionId)) stored.push(id);
    expect(stored.slice(0, seen.length)).toEqual(seen);
  });
});

describe('the connection', () => {
  test('[H4] the first frame says what is true for this worker and where the log stands', async () => {
    using client = open();
    const ack = await client.connect();
    expect(ack).toMatchObject({
      state: 'created',
      last_seq: 0,
      oldest_seq: 1,
      queue: [],
      pending: [],
      turn: null,
      isolation: 'process',
      resumed: false,
    });
    expect(ack.server_caps).toMatchObject({
      worker_type: 'demo',
      supports_resume: true,
      steer: true,
      interrupt: true,
      fork: true,
      rewind: true,
      survives_restart: true,
      queue: true,
      replay: true,
    });
  });

  test('[R3] an impossible place to replay from is said, not guessed', async () => {
    using first = open();
    const { session_id: sessionId } = await first.connect();
    await first.prompt('flood 2').done;
    for (const [place, reason] of [
      [{ lastSeq: 99_999 }, 'future_seq'],
      [{ lastSeq: 1, epoch: 'another' }, 'epoch_changed'],
    ] as const) {
      using client = open({ sessionId, ...place });
      const notice = new Promise<ServerEnvelope>((resolve) => {
        client.onNotice(resolve);
      });
      await client.connect();
      expect((await notice).event).toMatchObject({ type: 'resync', data: { reason, first_seq: 1 } });
    }
  });

  test('[F6] a frame above the announced limit closes with 1009, and the session lives on', async () => {
    using client = open();
    const ack = await client.connect();
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/ws`);
    const closed = new Promise<number>((resolve) => {
      socket.onclose = ({ code }) => resolve(code);
    });
    socket.onopen = () => socket.send('x'.repeat(ack.server_caps.max_frame_size + 1));
    expect(await closed).toBe(1009);
    expect((await client.prompt('pid').done).success).toBe(true);
  });

  test('[F6] a client does not send what can only cost it its connection, and goes on', async () => {
    using client = open();
    const states: string[] = [];
    client.onConnection(({ status }) => states.push(status));
    const early = client.prompt('x'.repeat(1_100_000));
    const { max_frame_size: limit } = (await client.connect()).server_caps;
    await expect(early.done).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
    const late = client.prompt('ü'.repeat(limit / 2));
    await expect(late.done).rejects.toMatchObject({ details: { max_frame_size: limit } });
    const answer = client.answerQuestion('any', { which: 'x'.repeat(limit) });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
    expect((await client.prompt('pid').done).success).toBe(true);
    expect(states).toEqual(['connecting', 'ready']);
  });

  test('a signal that was aborted before opens nothing and sends nothing', async () => {
    using client = open();
    const { session_id: id } = await client.connect();
    const { done } = client.prompt('pid', { signal: AbortSignal.abort() });
    await expect(done).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
    await client.prompt('pid').done;
    const api = new SessionsApi({ url: gateway.url, auth: apiKey });
    const prompts = (await wholeLog(api, id)).filter(({ event }) => event.type === 'input');
    expect(prompts).toHaveLength(1);
    using other = open();
    await expect(other.connect({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CLIENT_CLOSED',
    });
  });

  test('a signal is heeded until the client is connected, and not after', async () => {
    const limit = new AbortController();
    using client = open();
    await client.connect({ signal: limit.signal });
    limit.abort();
    expect((await client.prompt('pid').done).success).toBe(true);
    const late = new AbortController();
    using other = open();
    const connected = other.connect({ signal: late.signal });
    late.abort();
    await expect(connected).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
  });

  test('[C4] a stopping gateway asks its clients to come back, and leaves no agent behind', async () => {
    await using own = await startGateway();
    using client = open({ url: own.url });
    await client.connect();
    const pid = Number(/\d+/.exec((await client.prompt('pid').done).text)?.[0]);
    const asked = new Promise<ServerEnvelope>((resolve) => {
      client.onNotice((envelope) => {
        if (envelope.event.type === 'control') resolve(envelope);
      });
    });
    const restarted = own.restart();
    expect((await asked).event).toMatchObject({ data: { action: 'reconnect', resume_session: true } });
    await restarted;
    expect(() => process.kill(pid, 0)).toThrow();
    expect((await client.prompt('flood 2').done).text).toBe(floodText(2));
  });
});
