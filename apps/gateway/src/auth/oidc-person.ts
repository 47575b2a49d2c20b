import { z } from 'zod';
import { GatewayError } from '../ground/gateway-error.ts';
import { digest } from './digest.ts';

/** Which users of a provider may come in, and as what. */
export type OidcRules = {
  /** Of verified addresses, in lower case; `*` for everybody. Empty: groups decide. */
  allowedDomains: readonly string[];
  groupsClaim: string;
  driverGroups: readonly string[];
  viewerGroups: readonly string[];
};

/** Somebody who signed in with a provider. */
export type OidcPerson = { subject: string; role: 'viewer' | 'driver' };

const claims = z.looseObject({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
});
const groupList = z.union([z.array(z.string()), z.string().transform((group) => [group])]);
const plain = /^[\x21-\x7e]{1,100}$/;

/** Who a provider's claims are to us. Throws FORBIDDEN if they may not come in. */
export function oidcPerson(given: unknown, rules: OidcRules): OidcPerson {
  const person = claims.parse(given);
  requireDomain(person, rules.allowedDomains);
  // The provider's own name for him: an address may change hands.
  const name = plain.test(person.sub) ? person.sub : digest(person.sub);
  return { subject: `oidc:${name}`, role: roleOf(person[rules.groupsClaim], rules) };
}

function requireDomain(
  { email, email_verified: verified }: z.infer<typeof claims>,
  allowed: readonly string[],
): void {
  if (allowed.length === 0 || allowed.includes('*')) return;
  // NOTE: some providers send the flag as text. An address that nobody looked at is what its user typed.
  if (verified !== true && verified !== 'true') throw refusal('your e-mail address is not verified');
  const domain = email?.slice(email.lastIndexOf('@') + 1).toLowerCase() ?? '';
  if (!email?.includes('@') || !allowed.includes(domain))
    throw refusal('users of your e-mail domain may not come in');
}

function roleOf(value: unknown, { driverGroups, viewerGroups }: OidcRules): 'viewer' | 'driver' {
  if (driverGroups.length + viewerGroups.length === 0) return 'driver';
  const groups = groupList.safeParse(value).data ?? [];
  if (groups.some((group) => driverGroups.includes(group))) return 'driver';
  if (groups.some((group) => viewerGroups.includes(group))) return 'viewer';
  throw refusal('you are in none of the groups that may come in');
}

const refusal = (why: string) => new GatewayError('FORBIDDEN', `${why}: ask who runs this gateway`);
