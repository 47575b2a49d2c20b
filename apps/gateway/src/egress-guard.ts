import { isIP } from 'node:net';
import type { FindRoute, Route } from './egress/egress-proxy.ts';
import { classifyUrl } from './policy/url/classify-url.ts';
import { type VetUrlOptions, vetUrl } from './policy/url/vet-url.ts';
import type { AllowedHost } from './settings/allowed-host.ts';

type EgressGuardOptions = VetUrlOptions & { allowed: readonly AllowedHost[] };

const webPorts: readonly number[] = [80, 443];

/**
 * Where agents may connect to: what the operator lists. A name must lead to the public internet (U3), since whoever answers
 * for it could point it at this network; what is private is listed by its address. The credentials of a cloud and this
 * gateway are nobody's to reach, whatever is listed (N10).
 */
export function createEgressGuard({ allowed, ...reach }: EgressGuardOptions): FindRoute {
  const { gatewayPorts, ownAddresses } = reach;
  return async (authority) => {
    const text = `http://${authority}/`;
    const place = classifyUrl(text, { gatewayPorts });
    if (place.zone === 'unreadable') return refused(place.problem);
    const { host, url } = place;
    const port = Number(url.port || 80);
    if (!isAllowed(allowed, { host, port })) {
      return refused(`${host}:${port} is not among worker.sandbox.allowed_hosts`);
    }
    if (place.zone === 'metadata') return refused(`at ${host} a cloud gives out its credentials`);
    const isGateway = gatewayPorts.includes(port) && ownAddresses().includes(host);
    if (isGateway || place.zone === 'gateway') return refused('this is the gateway itself');
    if (isIP(host) !== 0) return { kind: 'allowed', host, port, addresses: [host] };
    const { decision, reason, targets = [] } = await vetUrl(text, reach);
    return decision === 'allow' ? { kind: 'allowed', host, port, addresses: targets } : refused(reason);
  };
}

const refused = (reason: string): Route => ({ kind: 'refused', reason });

/** Whether one of the entries is about this host, spelled as in an entry, and this port. */
function isAllowed(list: readonly AllowedHost[], { host, port }: { host: string; port: number }): boolean {
  return list.some((allowed) => {
    const isHost = allowed.isBelow ? host.endsWith(`.${allowed.host}`) : host === allowed.host;
    return isHost && (allowed.port === undefined ? webPorts.includes(port) : allowed.port === port);
  });
}
