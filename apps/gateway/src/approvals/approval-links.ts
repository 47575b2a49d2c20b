import type { ApprovalLink, ApprovalLinkStore, MakeApproval } from '../ground/approval-link.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { RateLimit } from '../ground/rate-limit.ts';
import { sha256 } from '../ground/sha256.ts';
import { tooOften } from '../ground/too-often.ts';
import {
  type ApprovalView,
  type AskedView,
  toView,
  type ViewedRequest,
  type ViewedSession,
} from './approval-view.ts';
import { allowedOnce, readAsked } from './asked.ts';
import { toAnswers } from './to-answers.ts';

export type { ApprovalView, AskedView, Outcome } from './approval-view.ts';

/** What somebody says by a link. Never more than this once, and never with another input than was asked about. */
export type ApprovalAnswer =
  | { kind: 'permission'; id: string; allowed: boolean; optionId?: string }
  | { kind: 'question'; id: string; answers: Record<string, string | string[]> | null };

/** What the form of the page was sent with. */
export type Chosen = {
  /** The button. */
  allow: boolean;
  /** For each question, by its number, what was chosen. */
  choices: readonly (readonly string[])[];
  /** The `digest` of what was on the page. */
  seen: string;
};

type LinksOptions = {
  store: ApprovalLinkStore & {
    find(sessionId: string): ViewedSession | undefined;
    interaction(sessionId: string, id: string): ViewedRequest | undefined;
  };
  /** Answers as the session's owner could. Throws GatewayError. */
  respond(sessionId: string, answer: ApprovalAnswer, by: string): void;
  /** Resolves once that is settled; undefined if it is. */
  settled?(sessionId: string): Promise<void> | undefined;
  /** The page, as people reach it. */
  page: URL;
  lifetimeMs: number;
  clock: Clock;
  ids: Ids;
};

/** Like an API key, so that scanners for lost secrets can tell what it is. */
const prefix = 'hotplex_approve_';
/** Of one link, looks and answers. */
const rate = { perSecond: 1, burst: 30 };
/** How long one that ended is known: whoever comes late is told so, and does not count as one who guesses. */
const rememberedMs = 24 * 60 * 60_000;

/**
 * Links with which whoever has one answers one request of an agent, once. Of a token only the digest is kept; it ends with
 * its request, after a while, or when somebody else was faster. What the policy refuses is decided before there is a link.
 */
export class ApprovalLinks {
  readonly #options: LinksOptions;
  readonly #rate: RateLimit;

  constructor(options: LinksOptions) {
    this.#options = options;
    this.#rate = new RateLimit(options.clock, rate);
  }

  /** A link for one attempt to deliver: the token of an earlier one is not known any more. */
  readonly make: MakeApproval = ({ hook, sessionId, requestId }) => {
    const { store, page, lifetimeMs, clock, ids } = this.#options;
    const now = clock.now();
    const request = store.interaction(sessionId, requestId);
    if (request?.status !== 'open' || request.kind === 'elicitation' || request.deadlineAt <= now)
      return undefined;
    const token = `${prefix}${ids.secret(32)}`;
    const expiresAt = Math.min(now + lifetimeMs, request.deadlineAt);
    store.sweepApprovalLinks(now - rememberedMs);
    store.saveApprovalLink({
      ...{ digest: sha256(token), sessionId, requestId, hook, expiresAt },
      // The clock may have been set back since it was asked.
      createdAt: Math.max(now, request.createdAt),
    });
    const urlOf = (answer: string) => {
      const url = new URL(page);
      url.search = new URLSearchParams({ link: token, answer }).toString();
      return url.href;
    };
    return {
      ...{ allow_url: urlOf('allow'), deny_url: urlOf('deny') },
      expires_at: new Date(expiresAt).toISOString(),
    };
  };

  /** The session that a link is about, whether it is still good or not; undefined for what is none. */
  sessionOf(token: string): string | undefined {
    return token.startsWith(prefix) ? this.#options.store.approvalLink(sha256(token))?.sessionId : undefined;
  }

  /** What is asked, or how it was decided. Throws UNAUTHORIZED for what is no link or none any more, and RATE_LIMITED. */
  look(token: string): ApprovalView {
    return this.#view(this.#open(token));
  }

  /**
   * Answers, unless somebody was faster: how it was decided then. Throws like `look`, and INVALID_MESSAGE, with the reason
   * `changed` for an answer to something else than is asked.
   */
  answer(token: string, chosen: Chosen): ApprovalView {
    const link = this.#open(token);
    const view = this.#view(link);
    if (view.outcome !== null) return view;
    if (chosen.seen !== view.digest)
      throw new GatewayError('INVALID_MESSAGE', 'that is not what is asked', {
        details: { reason: 'changed' },
      });
    try {
      this.#options.respond(
        link.sessionId,
        this.#toAnswer(link, { ...chosen, ...view }),
        `hook:${link.hook}`,
      );
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'ALREADY_RESOLVED') throw error;
    }
    return this.#view(link);
  }

  /** Resolves once what was answered by a link is settled; undefined if it is. Rejects with GatewayError if it cannot be. */
  settled(token: string): Promise<void> | undefined {
    const link = this.#options.store.approvalLink(sha256(token));
    return link && this.#options.settled?.(link.sessionId);
  }

  #open(token: string): ApprovalLink {
    const { store, clock } = this.#options;
    const digest = sha256(token);
    const link = token.startsWith(prefix) ? store.approvalLink(digest) : undefined;
    if (!link) throw unknown();
    // Whoever comes late does not guess.
    if (link.expiresAt <= clock.now()) throw unknown('expired');
    const waitMs = this.#rate.take(digest);
    if (waitMs > 0) throw tooOften('this link is used too often', waitMs);
    return link;
  }

  #view(link: ApprovalLink): ApprovalView {
    const { store } = this.#options;
    const session = store.find(link.sessionId);
    const request = store.interaction(link.sessionId, link.requestId);
    if (!request || !session || session.state === 'deleted') throw unknown('expired');
    // Another one in the place of the one that it was made for.
    if (request.createdAt > link.createdAt) throw unknown('expired');
    return toView(link, session, request);
  }

  #toAnswer(
    { sessionId, requestId: id }: ApprovalLink,
    { kind, mayAllow, allow, choices }: Chosen & AskedView,
  ): ApprovalAnswer {
    if (!allow) return kind === 'question' ? { kind, id, answers: null } : { kind, id, allowed: false };
    const asked = readAsked(this.#options.store.interaction(sessionId, id)?.request ?? {});
    const once = mayAllow ? allowedOnce(asked) : undefined;
    if (!once)
      throw new GatewayError('INVALID_MESSAGE', 'this cannot be allowed by a link: use the web chat');
    if (kind === 'question') return { kind, id, answers: toAnswers(asked.questions ?? [], choices) };
    return { kind, id, allowed: true, ...once };
  }
}

/** In the same words for what never was and what is over. */
function unknown(reason?: 'expired'): GatewayError {
  const details = reason === undefined ? {} : { details: { reason } };
  return new GatewayError('UNAUTHORIZED', 'this link is not good, or not any more', details);
}
