import { isIP } from 'node:net';
import { GatewayError } from '../../ground/gateway-error.ts';
import { isLoopbackAddress, isMetadataAddress } from './address-blocks.ts';
import { classifyUrl, type UrlPlace } from './classify-url.ts';
import { type VetUrlOptions, vetUrl } from './vet-url.ts';

export type DialRules = VetUrlOptions & {
  /** Hosts, as `name` or `name:port`, that may be in the operator's own network. */
  allowedHosts: ReadonlySet<string>;
};

export type DialTargets = { url: URL; addresses: readonly string[] };

/**
 * The addresses that a URL means now, each of them vetted: whoever fetches it dials one of these and asks no resolver
 * again (U3). What the operator allows may be private, but is neither a cloud's metadata nor the gateway (U5). Throws
 * POLICY_DENIED.
 */
export async function dialTargets(text: string, rules: DialRules): Promise<DialTargets> {
  const place = classifyUrl(text, rules);
  if (place.zone === 'unreadable') throw refusal(place.problem);
  const isAllowed =
    rules.allowedHosts.has(place.host) || rules.allowedHosts.has(`${place.host}:${portOf(place.url)}`);
  const isOpen = place.zone !== 'metadata' && place.zone !== 'gateway';
  if (isAllowed && isOpen) return allowedTargets(place, rules);
  const { decision, reason, targets = [] } = await vetUrl(text, rules);
  if (decision !== 'allow') throw refusal(reason);
  return { url: place.url, addresses: isIP(place.host) === 0 ? targets : [place.host] };
}

type Place = Exclude<UrlPlace, { zone: 'unreadable' }>;

async function allowedTargets(
  { url, host }: Place,
  { gatewayPorts, resolve, ownAddresses }: DialRules,
): Promise<DialTargets> {
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  if (addresses.length === 0) throw refusal(`${host} resolves to nothing`);
  const isHere = (address: string) => isLoopbackAddress(address) || ownAddresses().includes(address);
  const isGateway = (address: string) => gatewayPorts.includes(portOf(url)) && isHere(address);
  if (addresses.some(isMetadataAddress)) throw refusal('a cloud gives out its credentials at this address');
  if (addresses.some(isGateway)) throw refusal('this is the gateway itself');
  return { url, addresses };
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'http:' ? 80 : 443));
}

const refusal = (reason: string) =>
  new GatewayError('POLICY_DENIED', `this address is not fetched: ${reason}`);
