import { isKnown, isOpen } from '../../place/wildcard.ts';
import type { Shell } from '../shell.ts';

/** Where clouds tell a machine its credentials, by name. */
const metadataHosts = new Set([
  ...['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data', 'instance-data.ec2.internal'],
  ...[
    'metadata.azure.internal',
    'metadata.azure.com',
    'metadata.packet.net',
    'metadata.platformequinix.com',
    'metadata.tencentyun.com',
  ],
]);
const metadataAddresses =
  /^(?:169\.254\.(?:169\.25[34]|170\.2|170\.23|0\.23|42\.42|\d+\.\d+)|100\.100\.100\.200|192\.0\.0\.192|168\.63\.129\.16|\[fd00:ec2::[\da-f]+\]|\[fd20:ce::254\]|\[fe80::a9fe:a9fe\])$/;
const loopback =
  /^(?:localhost|.*\.localhost|localhost\.localdomain|ip6-localhost|ip6-loopback|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/;

/** An address as a program would dial it; undefined for text that is none. `http` is assumed where no scheme is named. */
function parseAddress(text: string): URL | undefined {
  const rest = text.replace(/[\uE000-\uE004]/g, 'x').replace(/^(https?):\/*(?=[^/])/i, '$1://');
  try {
    const url = new URL(
      /^[a-z][a-z\d+.-]*:\/\//i.test(rest)
        ? rest.replace(/^(?!https?:)[a-z][a-z\d+.-]*:/i, 'http:')
        : `http://${rest.replace(/^\/+/, '')}`,
    );
    return url.hostname === '' ? undefined : url;
  } catch {
    return undefined;
  }
}

/** IPv4 inside IPv6, as both spellings reach the same host. */
function plainHost(given: string): string {
  // Names that spell an address and resolve to it.
  const spelled = /^(?:.*[.-])?(\d+)[.-](\d+)[.-](\d+)[.-](\d+)\.(?:nip|sslip|xip)\.io$/.exec(
    given.toLowerCase(),
  );
  if (spelled) return spelled.slice(1).join('.');
  const hostname = /(?:^|\.)(?:localtest|lvh|vcap|lacolhost)\.(?:me|com)$/i.test(given) ? 'localhost' : given;
  const mapped = /^\[(?:::ffff:|64:ff9b::|::)([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(hostname);
  if (!mapped) return hostname.replace(/\.$/, '').toLowerCase();
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Refuses addresses that hand out credentials and the gateway's own doors (N10). */
export function checkAddress(text: string, { report, context }: Shell): void {
  const url = parseAddress(text);
  if (!url) return;
  const host = plainHost(url.hostname);
  if (/^https?:/i.test(text) && url.username.includes('.'))
    report.add(
      { decision: 'ask', rule: 'C7', reason: 'what looks like the host of the address is a user name' },
      host,
    );
  if (metadataHosts.has(host) || metadataAddresses.test(host))
    report.add(
      { decision: 'deny', rule: 'N10', reason: 'it asks a cloud metadata service for credentials' },
      host,
    );
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (!isKnown(text) && context.gatewayPorts.includes(port))
    report.add({ decision: 'ask', rule: 'N10', reason: "it may talk to the gateway's own port" });
  if (loopback.test(host) && context.gatewayPorts.includes(port))
    report.add(
      { decision: 'deny', rule: 'N10', reason: "it talks to the gateway's own port" },
      `${host}:${port}`,
    );
}

/** Whether a text can be read as an address at all; what cannot may still be one to the program. */
export const isAddress = (text: string): boolean => parseAddress(text) !== undefined;

/** Whether a text is an address on this machine. */
export function isLoopback(text: string): boolean {
  const url = parseAddress(text);
  return url !== undefined && !isOpen(text) && loopback.test(plainHost(url.hostname));
}

/** Whether a word is an address with a scheme, whatever the command. */
export const isUrl = (text: string): boolean =>
  /^(?:https?|wss?|ftps?|tcp|udp|gopher|dict|socks\w*|git|ssh|s?ftp):\/\/./i.test(text);
