import { z } from 'zod';
import { fromJson, secret } from './values.ts';

/** Who is told what took how long; the section `tracing` of the configuration. */
export const tracingSettings = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .optional()
      .describe(
        'An OTLP/HTTP collector, such as http://127.0.0.1:4318; default: OTEL_EXPORTER_OTLP_ENDPOINT, and without that nobody.',
      ),
    headers: z
      .preprocess(fromJson, z.record(z.string(), z.string()))
      .optional()
      .describe('Sent to it with every request, such as a key; in the environment as JSON.')
      .meta(secret),
  })
  .prefault({});
