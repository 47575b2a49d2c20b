import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { UsageLog } from '../../store/store.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

export type CostsOptions = { usage: UsageLog['usage']; clock: Clock };

const dayMs = 86_400_000;
const [usualDays, mostDays] = [30, 400];
const figure = z.number().nullable();
const groups = z.enum(['user', 'agent', 'model']);

const costs = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: groups,
  usage: z
    .array(
      z.object({
        day: z.iso.date(),
        name: z.string().nullable().describe('Null for a model that the agent did not name.'),
        turns: z.number(),
        tokens_in: figure,
        tokens_out: figure,
        cost_usd: figure,
        work_ms: figure.describe('How long agents worked.'),
      }),
    )
    .describe('One entry for each day and name; days without a turn are left out.'),
});

const route = createRoute({
  method: 'get',
  path: '/costs',
  request: {
    query: z.object({
      from: z.iso.date().optional().describe(`Default: ${usualDays} days up to \`to\`.`),
      to: z.iso.date().optional().describe('Default: today. Days are those of UTC.'),
      by: groups.default('agent'),
    }),
  },
  responses: { 200: jsonAnswer('What turns took; null where no agent said.', costs) },
});

/** Tokens and money by the day, of sessions that were deleted, too. */
export function createCostsRoute({ usage, clock }: CostsOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    const { by, to = dayOf(clock.now()), ...asked } = c.req.valid('query');
    const from = asked.from ?? dayOf(Date.parse(to) - (usualDays - 1) * dayMs);
    const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
    if (days < 1 || days > mostDays || Date.parse(from) < 0)
      throw new GatewayError('INVALID_MESSAGE', `from, to: must be 1 to ${mostDays} days, none before 1970`);
    const entries = usage({ from, to, by }).map(
      ({ inputTokens, outputTokens, costUsd, workMs, ...entry }) => ({
        ...{ ...entry, tokens_in: inputTokens, tokens_out: outputTokens, cost_usd: costUsd },
        work_ms: workMs,
      }),
    );
    return c.json({ from, to, by, usage: entries }, 200);
  });
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
