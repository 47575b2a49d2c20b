import type { Role } from '../ground/role.ts';
import type { AdminScope } from '../settings/admin-scope.ts';

/** Who is asking, from validated claims only. */
export type Identity = {
  /** The owner of sessions opened with this credential. */
  subject: string;
  /** Set for tokens issued to one bot; sessions of another bot do not exist for it. */
  botId: string | null;
  role: Role;
  /** What an operator may do; of users only those whom `admin.users` names have any. */
  scopes?: readonly AdminScope[];
  method: 'api_key' | 'token' | 'ticket' | 'admin_token' | 'own_process';
  /** Unix milliseconds after which the credential is void; `null` if it does not expire. */
  expiresAt: number | null;
  /** The token's own id, for revocation; `null` for keys. */
  tokenId: string | null;
  /** When its holder signed in, Unix milliseconds; `null` for keys, which are no sign-in. */
  signedInAt: number | null;
};

/** A credential as it came in: from a header, or from `init.auth.token`. */
export type Credential =
  | { kind: 'bearer'; token: string }
  | { kind: 'api_key'; key: string }
  | { kind: 'any'; token: string };

/** Where an attempt came from; failures are limited per canonical address, loopback included. */
export type Attempt = {
  address: string;
  origin: string | null;
  /** What the session is called that a socket is for; none for a new one and for requests. */
  session?: readonly string[];
};

/** Throws GatewayError UNAUTHORIZED (wrong, expired, revoked) or RATE_LIMITED (too many failures). */
export type Authenticate = (credential: Credential, attempt: Attempt) => Promise<Identity>;
