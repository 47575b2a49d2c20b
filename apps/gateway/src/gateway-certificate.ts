import type { Config } from './config-schema.ts';
import { openTlsCertificate, type TlsCertificate } from './http/tls-certificate.ts';
import { expandPath } from './start-checks.ts';

/** What the gateway's port shows, if the configuration names a certificate. Throws StartError. */
export function openGatewayCertificate(
  { gateway: { tls } }: Config,
  tools: Parameters<typeof openTlsCertificate>[1],
): TlsCertificate | undefined {
  const { cert, key } = tls;
  if (cert === undefined || key === undefined) return undefined;
  return openTlsCertificate({ cert: expandPath(cert), key: expandPath(key) }, tools);
}
