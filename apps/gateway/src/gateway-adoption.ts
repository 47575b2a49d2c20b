import { isPerson } from './auth/is-person.ts';
import type { CurrentConfig } from './live-config.ts';
import { Adoption, type AdoptionOptions } from './session/adoption.ts';

type AdoptionParts = Omit<AdoptionOptions, 'mayAdopt'> & { live: CurrentConfig };

/** What was begun in terminals of this machine, for those whom the configuration names. */
export function createGatewayAdoption({ live, ...options }: AdoptionParts): Adoption {
  return new Adoption({
    ...options,
    mayAdopt: (identity) =>
      isPerson(identity) && live.current.worker.terminal_users.includes(identity.subject),
  });
}
