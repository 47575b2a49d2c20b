import type { Context } from 'hono';
import { GatewayError, toGatewayError } from '../../ground/gateway-error.ts';
import type { Logger } from '../../ground/logger.ts';
import type { Metrics } from '../../ground/metrics.ts';
import { onApiError } from '../api-error.ts';

const names: Partial<Record<number, string>> = { 400: 'BadRequestError', 404: 'NotFoundError' };

/** Failures as OpenCode’s clients read them: a name and, in `data`, words for people, with our code beside them. */
export function onOpenCodeError(told: { logger: Logger; metrics: Metrics }) {
  const answer = onApiError(told);
  return (thrown: Error, c: Context): Response => {
    const { status, headers } = answer(thrown, c);
    const { code, message } = toGatewayError(thrown);
    const body = { name: names[status] ?? 'UnknownError', data: { message, code } };
    return new Response(JSON.stringify(body), { status, headers });
  };
}

/** What OpenCode’s server does and we do not, by its address. */
export const unknownAddress = ({ req }: Context) =>
  new GatewayError(
    'NOT_SUPPORTED',
    `this gateway does not do ${req.method} ${req.path} for clients of OpenCode: see front-doors in its documentation`,
  );
