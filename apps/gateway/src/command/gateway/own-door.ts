import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import type { WebSocketConstructor } from '@hotplex/client-sdk';
import { WebSocket } from 'ws';
import type { Config } from '../../config-schema.ts';
import type { GatewayRecord } from '../../gateway-record.ts';
import { StartError } from '../../ground/start-error.ts';
import { expandPath } from '../../start-checks.ts';

/** How a command reaches a gateway: as an option of the client, of its APIs and of what asks after its health. */
export type Door = { url: string; fetch?: typeof fetch; webSocket?: WebSocketConstructor };

/** Where a listener at all addresses of this machine is for this machine. */
const loopbackOf: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };
/** Answers that have no body, which Response insists on. */
const bodiless = new Set([204, 205, 304]);

/**
 * The door of this machine's own gateway, which shows the certificate of its configuration. That very certificate is
 * believed, and nothing else: the name that it is good for is one for others, and may lead elsewhere from here.
 */
export function doorOf(
  { gateway: { tls } }: Pick<Config, 'gateway'>,
  { url: address }: Pick<GatewayRecord, 'url'>,
): Door {
  const url = new URL(address);
  url.hostname = loopbackOf[url.hostname] ?? url.hostname;
  // It may run since before there was one.
  if (tls.cert === undefined || url.protocol === 'http:') return { url: url.origin };
  const certFile = expandPath(tls.cert);
  const trust = () => trustIn(certFile);
  return {
    url: url.origin,
    fetch: async (input, init) => fetchTrusting(new Request(input, init), trust()),
    webSocket: class extends WebSocket {
      constructor(at: string, protocols?: string | string[], options?: { headers: Record<string, string> }) {
        super(at, protocols, { ...options, ...trust() });
      }
    },
  };
}

/** Read anew each time: a renewed certificate is taken within seconds. */
function trustIn(certFile: string) {
  // Behind the first there are those that vouch for it, and for others, too.
  const own = readCertificate(certFile);
  return {
    ca: own.toString(),
    allowPartialTrustChain: true,
    // One that may vouch, as one that openssl makes for itself may, is believed with all that it vouches for.
    checkServerIdentity: (_: string, { fingerprint256 }: PeerCertificate) =>
      fingerprint256 === own.fingerprint256
        ? undefined
        : new Error('it does not show the certificate in gateway.tls.cert'),
  };
}

/** The first of a file; throws StartError. */
function readCertificate(file: string): X509Certificate {
  try {
    return new X509Certificate(readFileSync(file));
  } catch (cause) {
    const message = `gateway.tls.cert: no certificate can be read from ${file}: commands believe the gateway by it`;
    throw new StartError(message, { cause });
  }
}

/** Like fetch, which takes no certificate; throws as that does. */
async function fetchTrusting(request: Request, trust: ReturnType<typeof trustIn>): Promise<Response> {
  const { url, method, headers, signal } = request;
  const body = Buffer.from(await request.arrayBuffer());
  const sent = requestHttps(url, { ...trust, method, signal, headers: Object.fromEntries(headers) });
  // After the answer its body says what is wrong; without a listener that would end the command.
  sent.on('error', () => {});
  sent.end(body);
  const [answer] = (await once(sent, 'response').catch((cause: unknown) => {
    throw new TypeError('fetch failed', { cause });
  })) as [IncomingMessage];
  const status = answer.statusCode ?? 0;
  const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value) => [name, value] as [string, string]),
  );
  if (bodiless.has(status)) answer.resume();
  const stream = bodiless.has(status) ? null : (Readable.toWeb(answer) as ReadableStream);
  return new Response(stream, { status, headers: pairs });
}
