import type { ClientEnvelope } from '@hotplex/aep-protocol';
import { askOwner, movedOn } from '../session/ask-owner.ts';
import { findOwner, type OwnerSearch } from '../session/find-owner.ts';
import { type Greeting, requestOf } from './handshake.ts';
import { Relay, type RelayedVisitor, type RelayOptions } from './relay.ts';

export type LeadOnOptions = RelayOptions & OwnerSearch;

type Arrival = {
  greeting: Greeting;
  visitor: RelayedVisitor;
  /** Whether another node led him here: he is led no further. */
  isLed: boolean;
};

/** Leads a client on to the node of the session that it means; undefined if that is this one. Throws GatewayError. */
export async function leadOn(
  { greeting, visitor, isLed }: Arrival,
  options: LeadOnOptions,
): Promise<Relay | undefined> {
  const find = () => findOwner(requestOf(greeting), options);
  if (isLed) {
    if ((await find()) !== 'here') throw movedOn();
    return undefined;
  }
  const relay = await askOwner(find, (owner) =>
    Relay.open(visitor, owner, { ...options, init: withoutCredential(greeting) }),
  );
  return relay === 'here' ? undefined : relay;
}

/** The first frame for the other node: who sent it goes in a header. */
function withoutCredential({ envelope, init }: Greeting): ClientEnvelope {
  const { auth: _, ...data } = init;
  return { ...envelope, event: { type: 'init', data } };
}
