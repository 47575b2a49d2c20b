import type { Config } from './config-schema.ts';
import type { Logger } from './ground/logger.ts';
import type { Tracing } from './ground/tracing.ts';

type TracingParts = {
  config: Pick<Config, 'tracing'>;
  /** With the variables of https://opentelemetry.io/docs/specs/otel/protocol/exporter/. */
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  logger: Logger;
};

/** Says it to a collector; what was not sent yet goes out with the end. */
export type OpenTracing = Tracing & { close(): Promise<void> };

/** The libraries are loaded only where there is a collector: undefined where there is none. */
export async function openTracing(parts: TracingParts): Promise<OpenTracing | undefined> {
  const { config, environment } = parts;
  const isWanted =
    config.tracing.endpoint !== undefined ||
    (environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? '') !== '';
  if (!isWanted || environment.OTEL_SDK_DISABLED === 'true' || environment.OTEL_TRACES_EXPORTER === 'none')
    return undefined;
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing({
    url: config.tracing.endpoint && `${config.tracing.endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: config.tracing.headers,
    serviceName: environment.OTEL_SERVICE_NAME || 'hotplex',
    version: parts.version,
    logger: parts.logger,
  });
}
