import type { Audit } from '../ground/audit.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { isSameDigest } from '../ground/is-same-digest.ts';
import type { Logger } from '../ground/logger.ts';
import { RateLimit } from '../ground/rate-limit.ts';
import { sha256 } from '../ground/sha256.ts';
import type { LeftOut, ShareLink, ShareLinkStore } from '../ground/share-link.ts';
import { tooOften } from '../ground/too-often.ts';
import type { StoredEvent } from './joined-turn.ts';
import { LinkReaders } from './link-readers.ts';
import { cleanerOf, readSharedPage, type SharedPage, type SharedSession } from './shared-page.ts';

export type { SharedFrame, SharedPage } from './shared-page.ts';

type SharingOptions = {
  store: ShareLinkStore & {
    find(sessionId: string): SharedSession | undefined;
    events(sessionId: string, after: number, limit: number): StoredEvent[];
  };
  /** Whether the operator lets people share at all. */
  isEnabled: boolean;
  clock: Clock;
  ids: Ids;
  audit: Audit;
  logger: Logger;
};

/** Where somebody reads on, the network address he has, and what is aborted when he is gone. */
type Reading = { after: number; address: string; signal?: AbortSignal };

/** What whoever has a link is told of the session beside its events. */
export type SharedView = {
  title: string | null;
  workerType: string;
  leftOut: readonly LeftOut[];
  expiresAt: number;
  /** Whether a turn runs, which is shown when it is over. */
  isRunning: boolean;
  page: SharedPage;
};

/** Like an API key: scanners for lost secrets can tell what it is, and it tells which one. */
const shape = /^hotplex_share_([0-9a-f]{12})_[\w-]{43}$/;
const mostLinks = 20;
const noteUseEveryMs = 60_000;
/** So long a link that has ended is told from one that never was. */
const rememberedMs = 30 * 86_400_000;
/** Of one link, pages. */
const readingRate = { perSecond: 5, burst: 60 };

/** Links with which anybody may read one session, for a while, without what its owner leaves out. */
export class Sharing {
  readonly #options: SharingOptions;
  readonly #rate: RateLimit;
  readonly #readers = new LinkReaders();

  constructor(options: SharingOptions) {
    this.#options = options;
    this.#rate = new RateLimit(options.clock, readingRate);
  }

  /** Makes a link; its token is handed out once. Throws FORBIDDEN where there are none, RATE_LIMITED if there are too many. */
  make(
    sessionId: string,
    { lifetimeMs, leftOut }: { lifetimeMs: number; leftOut: readonly LeftOut[] },
  ): { token: string; link: ShareLink } {
    const { store, isEnabled, clock, ids } = this.#options;
    if (!isEnabled) throw new GatewayError('FORBIDDEN', 'nobody shares here: see session.share_links');
    if (this.list(sessionId).length >= mostLinks)
      throw new GatewayError('RATE_LIMITED', `this session has ${mostLinks} links already: revoke one first`);
    const id = Buffer.from(ids.secret(6), 'base64url').toString('hex');
    const token = `hotplex_share_${id}_${ids.secret(32)}`;
    const createdAt = clock.now();
    store.sweepShareLinks(createdAt - rememberedMs);
    const link: ShareLink = {
      ...{ id, sessionId, digest: sha256(token), leftOut: [...new Set(leftOut)] },
      ...{ createdAt, expiresAt: createdAt + lifetimeMs, lastUsedAt: null, revokedAt: null },
    };
    store.saveShareLink(link);
    return { token, link };
  }

  /** The links of a session that work, oldest first. */
  list(sessionId: string): ShareLink[] {
    const { store, clock } = this.#options;
    const now = clock.now();
    return store
      .shareLinks(sessionId)
      .filter(({ expiresAt, revokedAt }) => revokedAt === null && expiresAt > now);
  }

  /** Ends a link at once; false if this session has none of that id. */
  revoke(sessionId: string, id: string): boolean {
    if (!this.list(sessionId).some((link) => link.id === id)) return false;
    this.#options.store.revokeShareLink(id, this.#options.clock.now());
    return true;
  }

  /**
   * What a link shows, from a number of the log on. Throws RATE_LIMITED, and UNAUTHORIZED; `details.reason` says of a link
   * that was good once that it is no guess.
   */
  async read(token: string, { after, address, signal }: Reading): Promise<SharedView> {
    const { store } = this.#options;
    const { link } = this.#open(token);
    const waitMs = this.#rate.take(link.id);
    if (waitMs > 0) throw tooOften('this link is read too often', waitMs);
    this.#noteUse(link, address);
    return this.#readers.inTurn(link.id, async (outlineOf) => {
      // It may have ended while others read.
      const { session } = this.#open(token);
      const page = await readSharedPage({
        ...{ link, session, after, outline: outlineOf(session), signal },
        events: (seq, limit) => store.events(link.sessionId, seq, limit),
      });
      const { title, workerType, turn } = session;
      return {
        title: title === null ? null : cleanerOf(link, session)(title),
        ...{ workerType, leftOut: link.leftOut, expiresAt: link.expiresAt },
        ...{ isRunning: turn !== null, page },
      };
    });
  }

  #open(token: string): { link: ShareLink; session: SharedSession } {
    const { store, isEnabled, clock } = this.#options;
    const id = shape.exec(token)?.[1];
    const link = id === undefined ? undefined : store.shareLink(id);
    const session = link && store.find(link.sessionId);
    if (!link || !isSameDigest(link.digest, sha256(token)) || !session || session.state === 'deleted')
      throw new GatewayError('UNAUTHORIZED', 'there is no such link, or its session is gone');
    if (link.revokedAt !== null || !isEnabled) throw lapsed('revoked', 'this link was revoked');
    if (link.expiresAt <= clock.now()) throw lapsed('expired', 'this link has expired');
    return { link, session };
  }

  /** That it was opened at all is for the audit log; a full disk is no reason not to show what is shared. */
  #noteUse({ id, sessionId, lastUsedAt }: ShareLink, address: string): void {
    const { store, clock, audit, logger } = this.#options;
    const now = clock.now();
    if (lastUsedAt !== null && now - lastUsedAt < noteUseEveryMs) return;
    try {
      store.noteShareLinkUse(id, now);
    } catch (error) {
      logger.warn({ link: id, error: String(error) }, 'the use of a link was not taken down');
    }
    if (lastUsedAt !== null) return;
    const entry = { actor: `address ${address}`, sessionId, action: 'share opened', rules: [] };
    audit.record({ ...entry, decision: 'allow', reason: null, inputHash: null });
  }
}

function lapsed(reason: 'revoked' | 'expired', message: string): GatewayError {
  return new GatewayError('UNAUTHORIZED', message, { details: { reason } });
}
