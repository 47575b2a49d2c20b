import { AepClient } from '@hotplex/client-sdk';
import { expect, test, vi } from 'vitest';
import { silentLogger } from '../src/ground/logger.ts';
import { createEngine, createGateway } from '../src/index.ts';
import { openTracing } from '../src/open-tracing.ts';
import { createPlace } from './embedding.ts';
import { startSpanCollector } from './support/span-collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const traceparent = () => `00-${traceId}-${caller}-01`;

test('a prompt is one trace, from its client over the queue and the turn to its tools', async () => {
  using collector = await startSpanCollector();
  const { settings } = createPlace();
  const tracing = { endpoint: collector.url, headers: { 'x-key': 'of the collector' } };
  const engine = await createEngine({ settings: { ...settings, tracing } });
  const session = engine.session({ agent: 'demo', traceparent });
  const turn = session.prompt('tool with secret words');
  await turn.done;
  const failed = session.prompt('error');
  await failed.done;
  await engine.close();

  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const [prompt, second] = collector.named('prompt');
  expect(prompt?.parentSpanId).toBe(caller);
  const [agent] = collector.named('invoke_agent demo');
  const [queue] = collector.named('queue');
  expect([agent?.parentSpanId, queue?.parentSpanId]).toEqual([prompt?.spanId, prompt?.spanId]);
  const tools = collector.spans.filter(({ name }) => name.startsWith('execute_tool '));
  expect(tools.length).toBeGreaterThan(1);
  expect(tools.every(({ parentSpanId }) => parentSpanId === agent?.spanId)).toBe(true);
  expect(tools.some(({ status }) => status.code === 2)).toBe(true);
  for (const { startTimeUnixNano: from, endTimeUnixNano: to } of collector.spans)
    expect(BigInt(to)).toBeGreaterThanOrEqual(BigInt(from));
  expect([prompt?.status.code, second?.status.code]).toEqual([0, 2]);

  expect([...collector.services]).toEqual(['hotplex']);
  expect(collector.requests.every(({ path, headers }) => path === '/v1/traces' && headers['x-key'])).toBe(
    true,
  );
  // [L2] Ids, names and numbers; nothing of what was said or done.
  expect(collector.requests.map(({ body }) => body).join()).not.toMatch(/secret words|output|content/);
});

test('the trace of a client that comes over the network is in the header of its handshake', async () => {
  using collector = await startSpanCollector();
  const { settings } = createPlace();
  const auth = 'tracing-key-0123456789abcdef0123456789';
  const security = { ...settings.security, api_keys: [auth] };
  const gateway = await createGateway({
    settings: { ...settings, security, tracing: { endpoint: `${collector.url}/` } },
  });
  using client = new AepClient({ url: gateway.url, auth, workerType: 'demo', traceparent });
  await client.connect();
  await client.prompt('flood 1').done;
  await gateway.close();
  expect(collector.named('prompt')).toMatchObject([{ traceId, parentSpanId: caller }]);
});

test('without a trace of its client a prompt has one of its own', async () => {
  using collector = await startSpanCollector();
  const { settings } = createPlace();
  const engine = await createEngine({ settings: { ...settings, tracing: { endpoint: collector.url } } });
  const session = engine.session({ agent: 'demo', traceparent: () => 'not a trace' });
  await session.prompt('flood 1').done;
  await session.prompt('flood 500').done;
  await engine.close();
  const prompts = collector.named('prompt');
  expect(prompts.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(['', '']);
  expect(new Set(prompts.map((span) => span.traceId)).size).toBe(2);
  expect(collector.spans).toHaveLength(6);
});

test('a collector that is away costs nothing but its spans, and the log says so', async () => {
  using gone = await startSpanCollector();
  const { settings } = createPlace();
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_: object, message: string) => void warnings.push(message) };
  gone[Symbol.dispose]();
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '300');
  const engine = await createEngine({
    settings: { ...settings, tracing: { endpoint: gone.url } },
    logger,
  });
  expect((await engine.session({ agent: 'demo' }).prompt('flood 1').done).success).toBe(true);
  await engine.close();
  expect(warnings).toContain('spans could not be sent');
});

test.each([
  { environment: {}, isOpen: false },
  { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, isOpen: true },
  { environment: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1/v1/traces' }, isOpen: true },
  {
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' },
    isOpen: false,
  },
  {
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_EXPORTER: 'none' },
    isOpen: false,
  },
])('with $environment somebody is told: $isOpen', async ({ environment, isOpen }) => {
  const tracing = await openTracing({
    ...{ config: { tracing: {} }, environment, version: '0', logger: silentLogger },
  });
  expect(tracing !== undefined).toBe(isOpen);
  await tracing?.close();
});
