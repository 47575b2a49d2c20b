import { type AdminUser, withAdminUsers } from '../../src/auth/admin-users.ts';
import { createApiKeys } from '../../src/auth/api-key.ts';
import { createAuthenticate } from '../../src/auth/authenticate.ts';
import { FailureLimit, takeDown } from '../../src/auth/failure-limit.ts';
import type { CurrentKeys } from '../../src/auth/jwks-file.ts';
import { MemoryTickets } from '../../src/auth/memory-tickets.ts';
import type { PublicKey } from '../../src/auth/public-key.ts';
import type { RefreshSuccession } from '../../src/auth/refresh-succession.ts';
import { RememberedSuccession } from '../../src/auth/remembered-succession.ts';
import { SignIn } from '../../src/auth/sign-in.ts';
import { createTokenSigner } from '../../src/auth/sign-token.ts';
import type { SigningKey } from '../../src/auth/signing-key.ts';
import { createStoredApiKeys } from '../../src/auth/stored-api-keys.ts';
import { createTokenVerifier } from '../../src/auth/verify-token.ts';
import type { Audit } from '../../src/ground/audit.ts';
import { createIds } from '../../src/ground/ids.ts';
import type { Logger } from '../../src/ground/logger.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newSigningKey } from './new-signing-key.ts';

export const issuer = 'hotplex';
export const audience = 'hotplex-gateway';
export const apiKey = 'k3y-of-the-tests-0123456789abcdef-0123456789';
/** 2026-11-24T00:00:00Z, so that claims look like real ones. */
export const start = Date.UTC(2026, 10, 24);

/** The whole auth room, put together as the gateway does it, with a clock that is turned by hand. */
export function openDoor({
  key = newSigningKey(),
  store = createMemoryStore(),
  keys,
  sharedKeys = [],
  adminUsers = [],
  clock = createManualClock(start),
  succession = new RememberedSuccession({ clock, ids: createIds() }),
}: {
  clock?: ReturnType<typeof createManualClock>;
  succession?: RefreshSuccession;
  key?: SigningKey;
  store?: Store;
  adminUsers?: readonly AdminUser[];
  keys?: CurrentKeys;
  sharedKeys?: readonly PublicKey[];
} = {}) {
  const ids = createIds();
  const own = [key.publicKey];
  const logged: string[] = [];
  const log = (fields: Record<string, unknown>, message: string) =>
    void logged.push(JSON.stringify({ ...fields, message }));
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const audit: Audit = { record: (entry) => store.recordAudit(entry, clock.now()) };
  const failures = new FailureLimit({ clock, onRefused: takeDown({ audit, logger }) });
  const tickets = new MemoryTickets({ clock, ids });
  const claims = { issuer, audience, clock };
  /** When codes of links came to nothing. */
  const ended: number[] = [];
  const signIn = new SignIn({
    clock,
    ids,
    store,
    succession,
    onCodeEnded: () => void ended.push(clock.now()),
    signToken: createTokenSigner({ key: () => key, ...claims }),
  });
  const { find: configuredKey } = createApiKeys([{ name: 'tests', key: apiKey }]);
  const storedKey = createStoredApiKeys({ store, clock, logger });
  const authenticate = createAuthenticate({
    findApiKey: (key) => configuredKey(key) ?? storedKey(key),
    verifyToken: createTokenVerifier({
      keys: keys ?? (() => own),
      ...claims,
      revocations: store,
      sharedKeys,
    }),
    revocations: store,
    ...{ tickets, failures, clock },
  });
  return {
    authenticate: withAdminUsers(authenticate, adminUsers),
    ...{ audit, clock, ended, failures, ids, key, logged, logger, signIn, storedKey, store, tickets },
  };
}
