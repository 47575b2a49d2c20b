import { type Context, Hono } from 'hono';
import { languageDetector } from 'hono/language';
import type { ApprovalLinks, ApprovalView } from '../../approvals/approval-links.ts';
import type { Router } from '../../cluster/router.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Logger } from '../../ground/logger.ts';
import { toOwner } from '../../session/find-owner.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { attemptOf } from '../attempt.ts';
import { forwarded } from '../forwarded.ts';
import { approvePage, approvePolicy, noticePage } from './approve-page.ts';
import { type ApproveLanguage, type ApproveTexts, approveTexts } from './approve-texts.ts';

type ApproveOptions = {
  approvals: Pick<ApprovalLinks, 'look' | 'answer' | 'sessionOf' | 'settled'>;
  /** To the node of the session that a link is about. */
  router: Router;
  /** Wrong links count as guesses (A6), but of this page alone. */
  failures: { guard<T>(address: string, work: () => Promise<T>): Promise<T> };
  logger: Logger;
};

/** Of every question of a page; agents ask up to four. */
const mostQuestions = 20;

const textsOf = (c: Context) => approveTexts[c.get('language') as ApproveLanguage];
const preferredOf = (answer: string | null | undefined) => (answer === 'deny' ? 'deny' : 'allow');

function problemOf(
  { changed, unanswered }: ApproveTexts,
  { error, view }: { error: GatewayError; view: ApprovalView },
): string | undefined {
  if (error.details?.reason === 'changed') return changed;
  // Where it may not be allowed, the page says so by itself.
  return view.outcome === null && view.mayAllow ? unanswered : undefined;
}

/**
 * The page behind the links of hooks. To look at it does nothing, as previews of links look, too; what is sent with its
 * form answers. The token is in the page and in no cookie, so no other page can have a browser answer.
 */
export function createApproveApp({
  approvals,
  router,
  failures,
  logger,
}: ApproveOptions): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('content-security-policy', approvePolicy);
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    // NOTE: no-referrer would have a browser send the form with the origin null, as foreign pages do (Fetch, 3.2.5).
    c.header('referrer-policy', 'same-origin');
    c.header('x-content-type-options', 'nosniff');
    c.header('x-robots-tag', 'noindex');
  });
  app.use(
    languageDetector({
      ...{ supportedLanguages: ['en', 'zh'], fallbackLanguage: 'en', order: ['header'], caches: false },
      convertDetectedLanguage: (tag) => tag.split('-', 1)[0] ?? tag,
    }),
  );
  app.onError((error, c) => {
    const texts = textsOf(c) ?? approveTexts.en;
    if (error instanceof GatewayError && error.code === 'UNAUTHORIZED')
      return c.html(noticePage(texts, texts.unknown), 404);
    if (error instanceof GatewayError && error.code === 'RATE_LIMITED') {
      const seconds = Math.ceil(Number(error.details?.retry_after_ms ?? 1_000) / 1_000);
      c.header('retry-after', String(seconds));
      return c.html(noticePage(texts, texts.tooOften(seconds)), 429);
    }
    logger.error({ error: error.stack }, 'an approval link failed');
    return c.html(noticePage(texts, texts.failed), 500);
  });
  app.notFound((c) => c.html(noticePage(textsOf(c), textsOf(c).unknown), 404));

  // The token goes along: it is what that node has to look at.
  app.use(
    forwarded({
      router,
      ownerOf: async (c) => {
        const token = c.req.query('link') ?? new URLSearchParams(await c.req.text()).get('link');
        const id = approvals.sessionOf(token ?? '');
        return id === undefined ? 'here' : toOwner(id, await router.place(id));
      },
    }),
  );

  app.get('/approve', async (c) => {
    const token = c.req.query('link') ?? '';
    const preferred = preferredOf(c.req.query('answer'));
    const { address } = attemptOf(c.env.incoming);
    const view = await failures.guard(address, async () => approvals.look(token));
    return c.html(approvePage(textsOf(c), { view, token, preferred }));
  });

  app.post('/approve', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const token = form.get('link') ?? '';
    const answer = form.get('answer');
    const { address } = attemptOf(c.env.incoming);
    const view = await failures.guard(address, async () => approvals.look(token));
    const page = { token, preferred: preferredOf(answer) } as const;
    if (answer !== 'allow' && answer !== 'deny')
      return c.html(approvePage(textsOf(c), { ...page, view }), 400);
    const choices = Array.from({ length: mostQuestions }, (_, at) => form.getAll(`choice-${at}`));
    const seen = form.get('seen') ?? '';
    try {
      const answered = approvals.answer(token, { allow: answer === 'allow', choices, seen });
      await approvals.settled(token);
      return c.html(approvePage(textsOf(c), { ...page, view: answered }));
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'INVALID_MESSAGE') throw error;
      const problem = problemOf(textsOf(c), { error, view });
      return c.html(approvePage(textsOf(c), { ...page, problem, view }), 400);
    }
  });
  app.all('/approve', (c) => c.body(null, 405, { allow: 'GET, HEAD, POST' }));
  return app;
}
