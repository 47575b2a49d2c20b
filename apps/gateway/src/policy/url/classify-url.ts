import { isIP } from 'node:net';
import type { PolicyContext } from '../policy.ts';
import { isLoopbackAddress, isMetadataAddress, isPublicAddress } from './address-blocks.ts';
import { isBadPort } from './bad-ports.ts';
import { isThisMachine, nameZone } from './local-names.ts';

/** Whose an address is, from the text of a URL alone. */
export type UrlZone = 'public' | 'private' | 'metadata' | 'gateway';

export type UrlPlace =
  /** `host` is a name, lower case and without its last dot, or an address without brackets. */
  | { zone: UrlZone; url: URL; host: string }
  /** Programs would read the text in different ways, or it is none of the web's. */
  | { zone: 'unreadable'; problem: string };

const longestUrl = 8_192;

/** White space, control characters and what nobody sees: parsers drop some of these, each others (C7). */
const unseen = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u;

/**
 * Sorts a URL by where it leads. It is parsed once, as browsers do (WHATWG URL Standard), after all has been refused
 * that other programs read differently (U1); so every spelling of an address has become one (U2).
 */
export function classifyUrl(text: string, { gatewayPorts }: Pick<PolicyContext, 'gatewayPorts'>): UrlPlace {
  const problem = problemOf(text);
  const url = problem === undefined ? URL.parse(text) : null;
  if (!url) return unreadable(problem ?? 'it is not a URL');
  if (url.username !== '' || url.password !== '') return unreadable('it carries a user name or a password');
  const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
  if (isBadPort(port)) return unreadable(`port ${port} belongs to another protocol`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return { zone: zoneOf({ host, port, gatewayPorts }), url, host };
}

function problemOf(text: string): string | undefined {
  if (text.length > longestUrl) return `it is longer than ${longestUrl} characters`;
  if (unseen.test(text)) return 'it holds white space, control or invisible characters';
  if (text.includes('\\')) return 'it holds a backslash, which programs read differently';
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined) return 'only http:// and https:// with a host are web addresses';
  if (authority.includes('@')) return 'it carries a user name or a password';
  if (authority.includes('%')) return 'its host is percent-encoded, which programs read differently';
  return undefined;
}

type Where = { host: string; port: number; gatewayPorts: readonly number[] };

function zoneOf({ host, port, gatewayPorts }: Where): UrlZone {
  const isAddress = isIP(host) !== 0;
  const zone = isAddress ? addressZone(host) : toUrlZone[nameZone(host)];
  const isHere = isAddress ? isLoopbackAddress(host) : isThisMachine(host);
  return isHere && gatewayPorts.includes(port) ? 'gateway' : zone;
}

const toUrlZone = { public: 'public', local: 'private', metadata: 'metadata' } as const;

function addressZone(address: string): UrlZone {
  if (isMetadataAddress(address)) return 'metadata';
  return isPublicAddress(address) ? 'public' : 'private';
}

const unreadable = (problem: string): UrlPlace => ({ zone: 'unreadable', problem });
