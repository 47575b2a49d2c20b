import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';

const route = createRoute({
  method: 'get',
  path: '/openapi.json',
  responses: { 200: jsonAnswer('This document, OpenAPI 3.1.', z.looseObject({ openapi: z.string() })) },
});

/** Serves the description of a listener, made when somebody first asks for it. */
export function createDocumentRoute(describe: () => object): OpenAPIHono<ApiEnvironment> {
  let document: { openapi: string } | undefined;
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => {
    document ??= { openapi: '3.1.0', ...describe() };
    return c.json(document, 200);
  });
}
