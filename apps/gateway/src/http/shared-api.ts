import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError } from '../ground/gateway-error.ts';
import { leftOutKinds } from '../ground/share-link.ts';
import type { Sharing } from '../sharing/sharing.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';
import { frameShape } from './frame-shape.ts';
import { headerCredential } from './header-credential.ts';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';

export type SharedApiOptions = {
  sharing: Pick<Sharing, 'read'>;
  /** Wrong links count like wrong tokens (A6). */
  failures: { guard<T>(address: string, work: () => Promise<T>): Promise<T> };
};

const sharedPage = z.object({
  title: z.string().nullable(),
  worker_type: z.string(),
  left_out: z.array(z.enum(leftOutKinds)).describe('What its owner does not show, beside secrets.'),
  expires_at: z.iso.datetime().describe('When the link ends.'),
  running: z.boolean().describe('Whether a turn runs; it is shown when it is over.'),
  events: z.array(frameShape),
  next_after: z.number().nullable().describe('Where the next page begins; null at the end.'),
});

const route = createRoute({
  method: 'get',
  path: '/',
  description: 'Needs the token of a link in `Authorization: Bearer`, and no other credential.',
  request: { query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
  responses: {
    200: jsonAnswer('What a link shows of its session, page by page, redacted.', sharedPage),
    ...refusals(401),
  },
});

/** The one thing that somebody without a sign-in may read: what he was given a link to. */
export function createSharedApi({ sharing, failures }: SharedApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, async (c) => {
    const { address } = attemptOf(c.env.incoming);
    const { after } = c.req.valid('query');
    const credential = headerCredential(c.env.incoming.headers, undefined);
    if (credential?.kind !== 'bearer')
      throw new GatewayError('AUTH_REQUIRED', 'no link: send its token in an Authorization header');
    const { token } = credential;
    const { signal } = c.req.raw;
    const view = await failures.guard(address, () => sharing.read(token, { after, address, signal }));
    return c.json(
      {
        title: view.title,
        worker_type: view.workerType,
        left_out: [...view.leftOut],
        expires_at: new Date(view.expiresAt).toISOString(),
        running: view.isRunning,
        events: view.page.frames,
        next_after: view.page.next,
      },
      200,
    );
  });
  return api;
}
