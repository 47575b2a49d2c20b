import { once } from 'node:events';
import { request } from 'node:http';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { followStream, type StreamedEvent } from '../support/follow-stream.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const open = () => new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
const textOf = (events: readonly StreamedEvent[]) =>
  events.flatMap(({ event }) => (event.type === 'message.delta' ? [event.data.content ?? ''] : [])).join('');

/** Follows until as many turns have ended. */
async function hear(sessionId: string, turns: number, cutAfter?: number): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  let left = turns;
  for await (const event of followStream(gateway, sessionId, cutAfter === undefined ? {} : { cutAfter })) {
    events.push(event);
    if (event.event.type === 'done') left -= 1;
    if (left === 0) break;
  }
  return events;
}

const expectGapless = (events: readonly StreamedEvent[]) =>
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));

test('[R4] [G3] a stream that is cut after every few events ends with exactly the log', async () => {
  using client = open();
  const { session_id: sessionId } = await client.connect();
  const streams = [hear(sessionId, 1, 7), hear(sessionId, 1, 1), hear(sessionId, 1)];
  await client.prompt('flood 2000').done;
  for (const events of await Promise.all(streams)) {
    expectGapless(events);
    expect(textOf(events)).toBe(floodText(2000));
  }
});

test('[R4] [G1] a stream goes on after kill -9 of the gateway', async () => {
  using client = open();
  const { session_id: sessionId } = await client.connect();
  const heard = hear(sessionId, 2);
  await client.prompt('flood 200').done;
  await gateway.kill();
  await gateway.restart();
  await client.prompt('flood 300').done;
  const events = await heard;
  expectGapless(events);
  expect(textOf(events)).toBe(floodText(200) + floodText(300));
});

test('[B2] [G6] a reader that stops for the length of a flood gets all of it', async () => {
  using client = open();
  const { session_id: sessionId } = await client.connect();
  const { port } = gateway;
  const sent = request({ port, path: `/api/sessions/${sessionId}/stream`, headers: { 'x-api-key': apiKey } });
  sent.end();
  const [paused] = await once(sent, 'response');
  paused.pause();
  await client.prompt('flood 300000').done;
  let text = '';
  paused.setEncoding('utf8');
  for await (const chunk of paused) {
    text += chunk;
    if (text.includes('"type":"done"')) break;
  }
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(
    ([, data = '']) => JSON.parse(data) as StreamedEvent,
  );
  expectGapless(events);
  expect(textOf(events)).toBe(floodText(300_000));
});

test('[C4] a gateway that stops ends its streams in order, it does not break them off', async () => {
  using client = open();
  const { session_id: sessionId } = await client.connect();
  const headers = { 'x-api-key': apiKey };
  const { body } = await fetch(`${gateway.url}/api/sessions/${sessionId}/stream`, { headers });
  const ended = (async () => {
    for await (const _ of body ?? []);
  })();
  await gateway.restart();
  // A connection that is cut off would be an error here.
  await ended;
});
