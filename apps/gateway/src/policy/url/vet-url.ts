import { isIP } from 'node:net';
import type { PolicyContext, Verdict } from '../policy.ts';
import { isPublicAddress } from './address-blocks.ts';
import { classifyUrl } from './classify-url.ts';
import { decideUrl } from './decide-url.ts';

/** All addresses of a host name; throws if there are none. */
export type ResolveName = (host: string) => Promise<readonly string[]>;

export type VetUrlOptions = Pick<PolicyContext, 'gatewayPorts'> & {
  resolve: ResolveName;
  /** This machine's: what listens there trusts it, or is the gateway, also where the address is a public one (U5). */
  ownAddresses(): readonly string[];
};

/**
 * `decideUrl`, and what the name resolves to now: one address that is not public is one too many (U3). Targets are the
 * addresses. It says nothing of the next answer: only who dials these very addresses is safe from another one.
 */
export async function vetUrl(
  text: string,
  { gatewayPorts, resolve, ownAddresses }: VetUrlOptions,
): Promise<Verdict> {
  const verdict = decideUrl({ url: text }, { gatewayPorts });
  const place = classifyUrl(text, { gatewayPorts });
  if (verdict.decision !== 'allow' || place.zone === 'unreadable') return verdict;
  const isAddress = isIP(place.host) !== 0;
  const addresses = isAddress ? [place.host] : await resolve(place.host).catch(() => []);
  const refused = (reason: string): Verdict => {
    return { decision: 'deny', rule: isAddress ? 'U2' : 'U3', reason, targets: addresses };
  };
  if (addresses.length === 0) return refused(`${place.host} resolves to nothing`);
  const bad = addresses.find((address) => !isPublicAddress(address));
  if (bad !== undefined)
    return refused(`${place.host} resolves to ${bad}, which is not an address of the public internet`);
  const own = addresses.find((address) => ownAddresses().includes(address));
  if (own !== undefined) return refused(`${own} is an address of this machine`);
  return isAddress ? verdict : { ...verdict, targets: addresses };
}
