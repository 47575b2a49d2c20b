import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

const verdict = z.object({ valid: z.boolean(), errors: z.array(z.string()), warnings: z.array(z.string()) });

/** What is wrong with settings, and what one should know of them; each names the setting and what to do. */
export type ValidateConfig = (settings: Record<string, unknown>) => { errors: string[]; warnings: string[] };

const route = createRoute({
  method: 'post',
  path: '/validate',
  request: {
    body: {
      required: true,
      description:
        'Settings as they would stand in the file, section by section; the others have their defaults.',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
  responses: { 200: jsonAnswer('Whether a gateway would start with them.', verdict) },
});

/** Tries settings before they are put anywhere: nothing is changed. */
export function createConfigValidateRoute(validate: ValidateConfig): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    // The library takes a body that is not there for an empty one.
    if (c.req.header('content-type') === undefined)
      throw new GatewayError('INVALID_MESSAGE', 'the body must be JSON: send settings, if only {}');
    const { errors, warnings } = validate(c.req.valid('json'));
    return c.json({ valid: errors.length === 0, errors, warnings }, 200);
  });
}
