import type { Config } from './config-schema.ts';
import { logOf } from './ground/logger.ts';
import { openTlsCertificate, type TlsCertificate } from './http/tls-certificate.ts';
import { expandPath } from './start-checks.ts';

/** What the gateway's port shows, if the configuration names a certificate. Throws StartError. */
export function openGatewayCertificate(
  { gateway: { tls } }: Config,
  { clock, logger }: Parameters<typeof openTlsCertificate>[1],
): TlsCertificate | undefined {
  const { cert, key } = tls;
  if (cert === undefined || key === undefined) return undefined;
  const files = { cert: expandPath(cert), key: expandPath(key) };
  return openTlsCertificate(files, { clock, logger: logOf('certificate', logger) });
}
