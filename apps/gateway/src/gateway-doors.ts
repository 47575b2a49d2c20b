import { withAdminUsers } from './auth/admin-users.ts';
import { createApiKeys, type FindApiKey } from './auth/api-key.ts';
import { createAuthenticate } from './auth/authenticate.ts';
import { FailureLimit, takeDown } from './auth/failure-limit.ts';
import type { Authenticate, Identity } from './auth/identity.ts';
import { isRevoked } from './auth/is-revoked.ts';
import { SignIn } from './auth/sign-in.ts';
import { removeSignInPage } from './auth/sign-in-page.ts';
import { createStoredApiKeys } from './auth/stored-api-keys.ts';
import type { Tickets } from './auth/ticket.ts';
import type { Config } from './config-schema.ts';
import { openKeyFile } from './gateway-key-file.ts';
import { openSuccession } from './gateway-succession.ts';
import { openTickets } from './gateway-tickets.ts';
import { openTokens } from './gateway-tokens.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { PushDevices } from './ground/push-device.ts';
import type { LiveConfig } from './live-config.ts';
import type { CredentialStore, Store } from './store/store.ts';

type DoorsParts = {
  config: Config;
  live: LiveConfig;
  dataDir: string;
  store: CredentialStore & PushDevices & Pick<Store, 'sharedKeys'>;
  audit: Audit;
  clock: Clock;
  ids: Ids;
  logger: Logger;
};

/** The ways in: what credentials there are, how one gets them, and who has guessed too often. */
export type GatewayDoors = {
  failures: FailureLimit;
  tickets: Tickets;
  signIn: SignIn;
  /** Of keys that `hotplex keys` made. */
  storedKey: FindApiKey;
  authenticate: Authenticate;
  /** Whether what somebody came in with is good no more. */
  isRevoked(identity: Identity): boolean;
};

/** Opens them as the configuration says. Throws StartError. */
export function openGatewayDoors(parts: DoorsParts): GatewayDoors {
  const { config, live, dataDir, store, audit, clock, ids } = parts;
  const { security } = config;
  const keyFile = openKeyFile('signing-key', parts);
  const { signToken, verifyToken } = openTokens({
    ...{ security, dataDir, revocations: store, clock, logger: parts.logger },
    refreshKey: () => keyFile.refresh(),
  });
  const logger = logOf('auth', parts.logger);
  const removePage = () => {
    try {
      removeSignInPage(dataDir);
    } catch (error) {
      logger.warn({ error: String(error) }, 'the page of a sign-in link could not be removed');
    }
  };
  // A browser that it was for has read it long since.
  removePage();
  const failures = new FailureLimit({ clock, onRefused: takeDown({ audit, logger }) });
  const tickets = openTickets(config, { store, clock, ids });
  const signIn = new SignIn({
    ...{ clock, ids, signToken, store, succession: openSuccession(config, parts) },
    onCodeEnded: removePage,
  });
  const configured = live.follow((now) => createApiKeys(now.security.api_keys));
  const storedKey = createStoredApiKeys({ store, clock, logger });
  const authenticate = createAuthenticate({
    findApiKey: (key) => configured().find(key) ?? storedKey(key),
    verifyToken,
    revocations: store,
    ...{ tickets, failures, clock },
  });
  // One that `hotplex keys` made has an id.
  const isGone = ({ method, tokenId, subject }: Identity) =>
    method === 'api_key' && tokenId === null && !configured().has(subject);
  return {
    ...{ failures, tickets, signIn, storedKey },
    authenticate: withAdminUsers(authenticate, config.admin.users),
    isRevoked: (identity) => isGone(identity) || isRevoked(identity, store),
  };
}
