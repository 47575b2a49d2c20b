import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const value = z.looseObject({ stringValue: z.string().optional(), intValue: z.number().optional() });
const attributes = z.array(z.object({ key: z.string(), value }));
const span = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  status: z.looseObject({ code: z.number() }),
});
/** The JSON of OTLP (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), as far as we look at it. */
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.looseObject({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export type CollectedSpan = z.infer<typeof span>;

/** A collector of OTLP over HTTP that keeps what it is sent, and takes nothing that is not whole. */
export async function startSpanCollector() {
  const spans: CollectedSpan[] = [];
  const requests: { path: string | undefined; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const services = new Set<string | undefined>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    requests.push({ path: request.url, headers: request.headers, body });
    const parsed = exported.safeParse(JSON.parse(body));
    for (const { resource, scopeSpans } of parsed.data?.resourceSpans ?? []) {
      services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    response.writeHead(parsed.success ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ spans, requests, services },
    named: (name: string) => spans.filter((each) => each.name === name),
    [Symbol.dispose]: () => void server.close(),
  };
}
