import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { PolicyDecisions } from '../../ground/policy-decision.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { nodeQuery } from './peers.ts';

const said = z.enum(['allow', 'ask', 'deny']);
const decision = z.object({
  time: z.iso.datetime(),
  session_id: z.string(),
  owner_id: z.string(),
  worker_type: z.string(),
  tool: z.string(),
  decision: said.describe('allow: no objection. In the mode ask a person is asked all the same.'),
  rule: z.string().describe('See docs/security.md.'),
  reason: z.string(),
});

const route = createRoute({
  method: 'get',
  path: '/decisions',
  request: {
    query: nodeQuery.extend({
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
      decision: said.optional(),
      rule: z.string().max(64).optional(),
      session: z.string().max(128).optional(),
      user_id: z.string().max(256).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      'What the policy said of tool calls, newest first; `total` counts those that are still kept.',
      z.object({ decisions: z.array(decision), total: z.number(), limit: z.number() }),
    ),
  },
});

/** The last decisions of the policy since the gateway started; what was answered in the end is in the audit log. */
export function createPolicyDecisionsRoute(decisions: PolicyDecisions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    const { limit, decision: wanted, rule, session, user_id: ownerId } = c.req.valid('query');
    const found = decisions.find({
      ...(wanted !== undefined && { decision: wanted }),
      ...(rule !== undefined && { rule }),
      ...(session !== undefined && { sessionId: session }),
      ...(ownerId !== undefined && { ownerId }),
    });
    const shown = found.slice(0, limit).map(({ time, sessionId, ownerId: owner, workerType, ...rest }) => ({
      ...{ time: new Date(time).toISOString(), session_id: sessionId, owner_id: owner },
      ...{ worker_type: workerType, ...rest },
    }));
    return c.json({ decisions: shown, total: found.length, limit }, 200);
  });
}
