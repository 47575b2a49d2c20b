import {
  defaultTextMapGetter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from './ground/logger.ts';
import type { Span, SpanStart } from './ground/tracing.ts';
import type { OpenTracing } from './open-tracing.ts';

type OtlpOptions = {
  /** Where spans go; undefined: where the variables of OpenTelemetry say. */
  url: string | undefined;
  headers: Record<string, string> | undefined;
  serviceName: string;
  version: string;
  logger: Logger;
};

/** The only file that knows OpenTelemetry; nothing of it is global. Sends in batches, beside the work that it tells of. */
export function createOtlpTracing({ url, headers, serviceName, version, logger }: OtlpOptions): OpenTracing {
  const exporter = new OTLPTraceExporter({ ...(url && { url }), ...(headers && { headers }) });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: withWarning(exporter, logger) })],
  });
  const tracer = provider.getTracer('hotplex', version);
  const propagator = new W3CTraceContextPropagator();
  const known = new WeakMap<Span, OtelSpan>();
  const contextOf = (parent: SpanStart['parent']) => {
    if (typeof parent === 'string')
      return propagator.extract(ROOT_CONTEXT, { traceparent: parent }, defaultTextMapGetter);
    const span = parent && known.get(parent);
    return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
  };
  return {
    start({ name, at, parent, isServer = false, attributes }) {
      const kind = isServer ? SpanKind.SERVER : SpanKind.INTERNAL;
      const made = tracer.startSpan(name, { startTime: at, kind, attributes }, contextOf(parent));
      const span: Span = {
        end(endedAt, { attributes: more = {}, failure } = {}) {
          made.setAttributes(more);
          if (failure !== undefined) {
            made.setAttribute('error.type', failure);
            made.setStatus({ code: SpanStatusCode.ERROR });
          }
          made.end(endedAt);
        },
      };
      known.set(span, made);
      return span;
    },
    close: () => provider.shutdown().catch(() => {}),
  };
}

/** A collector that is away costs its spans and nothing else; the log says so. */
function withWarning(exporter: SpanExporter, logger: Logger): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS)
          logger.warn({ error: String(result.error), spans: spans.length }, 'spans could not be sent');
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
