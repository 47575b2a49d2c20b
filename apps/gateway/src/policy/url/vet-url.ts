import { isIP } from 'node:net';
import type { PolicyContext, Verdict } from '../policy.ts';
import { isPublicAddress } from './address-blocks.ts';
import { classifyUrl } from './classify-url.ts';
import { decideUrl } from './decide-url.ts';

/** All addresses of a host name; throws if there are none. */
export type ResolveName = (host: string) => Promise<readonly string[]>;

export type VetUrlOptions = Pick<PolicyContext, 'gatewayPorts'> & { resolve: ResolveName };

/**
 * `decideUrl`, and what the name resolves to now: one address that is not public is one too many (U3). Targets are the
 * addresses. It says nothing of the next answer: only who dials these very addresses is safe from another one.
 */
export async function vetUrl(text: string, { gatewayPorts, resolve }: VetUrlOptions): Promise<Verdict> {
  const verdict = decideUrl({ url: text }, { gatewayPorts });
  const place = classifyUrl(text, { gatewayPorts });
  if (verdict.decision !== 'allow' || place.zone === 'unreadable' || isIP(place.host) !== 0) return verdict;
  const addresses = await resolve(place.host).catch(() => []);
  const bad = addresses.find((address) => !isPublicAddress(address));
  if (addresses.length > 0 && bad === undefined) return { ...verdict, targets: addresses };
  const reason =
    bad === undefined
      ? `${place.host} resolves to nothing`
      : `${place.host} resolves to ${bad}, which is not an address of the public internet`;
  return { decision: 'deny', rule: 'U3', reason, targets: addresses };
}
