import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';

export type RenderMetrics = () => Promise<{ text: string; contentType: string }>;

const route = createRoute({
  method: 'get',
  path: '/',
  responses: {
    200: {
      description: 'Everything that is counted; docs/metrics.md says what. For Prometheus.',
      content: { 'text/plain': { schema: z.string() } },
    },
  },
});

/** What a Prometheus server reads. */
export function createMetricsRoute(render: RenderMetrics): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, async (c) => {
    const { text, contentType } = await render();
    return c.text(text, 200, { 'content-type': contentType });
  });
}
