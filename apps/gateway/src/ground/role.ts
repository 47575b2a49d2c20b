/**
 * What a credential is good for, in the sessions of its owner: to watch, or to watch and to act. An `admin` sees what the
 * gateway does, at the operators' port, and no session.
 */
export type Role = 'viewer' | 'driver' | 'admin';

/** Whether one who has this role may do what needs that one. Operators are no better users: theirs is another port (A7). */
export function mayAct(role: Role, needed: Role): boolean {
  return role === needed || (role === 'driver' && needed === 'viewer');
}
