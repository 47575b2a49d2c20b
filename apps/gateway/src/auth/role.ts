import { GatewayError } from '../ground/gateway-error.ts';

/**
 * What a credential is good for, in the sessions of its owner: to watch, or to watch and to act. An `admin` sees what the
 * gateway does, at the operators' port, and no session.
 */
export type Role = 'viewer' | 'driver' | 'admin';

export const roles = ['viewer', 'driver', 'admin'] as const satisfies readonly Role[];

/** Whether one who has this role may do what needs that one. Operators are no better users: theirs is another port (A7). */
export function mayAct(role: Role, needed: Role): boolean {
  return role === needed || (role === 'driver' && needed === 'viewer');
}

/**
 * The role in a token's `scope` claim, whose words are separated by spaces (RFC 8693, 4.2). A token without the claim is
 * not limited; one that has it can do what it names and nothing else. Throws FORBIDDEN if it names nothing of ours.
 */
export function roleOfScope(scope: string | undefined): 'viewer' | 'driver' {
  const words = scope?.split(' ') ?? ['driver'];
  if (words.includes('driver')) return 'driver';
  if (words.includes('viewer')) return 'viewer';
  const message = 'the scope of this token lets it do nothing here: it must name driver or viewer';
  throw new GatewayError('FORBIDDEN', message);
}
