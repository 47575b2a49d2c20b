/** The files of a certificate and its key, PEM. */
export type CertificateFiles = { cert: string; key: string };

/**
 * A certificate made by openssl, for names of this machine unless others are given; valid for a day. It vouches for
 * itself, unless an issuer does.
 */
export declare function makeCertificate(
  folder: string,
  name?: string,
  names?: string,
  issuer?: CertificateFiles,
): CertificateFiles;
