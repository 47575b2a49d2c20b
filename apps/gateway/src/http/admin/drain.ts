import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';

export type DrainOptions = {
  /** Takes no more work from now on and sends clients away; once is enough. */
  drain(): void;
  runningTurns(): number;
};

const route = createRoute({
  method: 'post',
  path: '/drain',
  responses: {
    202: jsonAnswer(
      'It takes no more work: running turns end, then their agents. Wait until GET /admin/stats shows no more agents, then stop it; a drained gateway takes work again only after a restart.',
      z.object({ status: z.literal('draining'), running_turns: z.number() }),
    ),
  },
});

/** Empties the gateway before it is stopped, without stopping it. */
export function createDrainRoute({ drain, runningTurns }: DrainOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => {
    drain();
    return c.json({ status: 'draining' as const, running_turns: runningTurns() }, 202);
  });
}
