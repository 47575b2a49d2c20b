import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

const ofThisMachine = 'DNS:localhost,DNS:chat.example,IP:127.0.0.1';
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** The files of a certificate and its key, PEM. */
export type CertificateFiles = { cert: string; key: string };

/**
 * A certificate made by openssl, for names of this machine unless others are given; valid for a day. It vouches for
 * itself, unless an issuer does.
 */
export function makeCertificate(
  folder: string,
  name = 'server',
  names = ofThisMachine,
  issuer?: CertificateFiles,
): CertificateFiles {
  const cert = join(folder, `${name}.crt`);
  const key = join(folder, `${name}.key`);
  const issued = issuer ? ['-CA', issuer.cert, '-CAkey', issuer.key] : [];
  const args = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...newKey, ...issued, ...args], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  return { cert, key };
}
